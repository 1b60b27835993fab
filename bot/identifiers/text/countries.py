"""Countries and large regions, which may be named: they are no towns.

Folded. English, and the commonest in German, French, Spanish and Italian.
"""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|
barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|botswana|brazil|brunei|bulgaria|burundi|cambodia|cameroon|
canada|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark|dominican republic|
ecuador|egypt|el salvador|england|eritrea|estonia|ethiopia|fiji|finland|france|gabon|gambia|georgia|germany|ghana|
great britain|greece|greenland|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|
ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|
liberia|libya|liechtenstein|lithuania|luxembourg|macedonia|madagascar|malawi|malaysia|mali|malta|mauritius|mexico|
moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|the netherlands|new zealand|
nicaragua|niger|nigeria|north korea|northern ireland|norway|oman|pakistan|palestine|panama|paraguay|peru|philippines|
poland|portugal|puerto rico|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|sierra leone|singapore|
slovakia|slovenia|somalia|south africa|south korea|spain|sri lanka|sudan|suriname|sweden|switzerland|syria|taiwan|
tanzania|thailand|togo|trinidad|tunisia|turkey|uganda|ukraine|united kingdom|united states|uruguay|usa|uk|uzbekistan|
venezuela|vietnam|wales|yemen|zambia|zimbabwe|europe|europa|asia|africa|america|north america|south america|
latin america|middle east|scandinavia|
deutschland|osterreich|schweiz|frankreich|spanien|italien|polen|turkei|niederlande|belgien|russland|ungarn|griechenland|
rumanien|kroatien|danemark|schweden|norwegen|finnland|grossbritannien|tschechien|syrien|vereinigte staaten|
allemagne|autriche|suisse|espagne|italie|pologne|turquie|pays-bas|belgique|russie|hongrie|grece|roumanie|algerie|maroc|
tunisie|etats-unis|royaume-uni|suede|norvege|angleterre|ecosse|irlande|
espana|alemania|francia|italia|suiza|polonia|turquia|paises bajos|belgica|rusia|hungria|grecia|rumania|argelia|
marruecos|estados unidos|reino unido|suecia|noruega|inglaterra|escocia|irlanda|brasil|
germania|svizzera|spagna|olanda|nederland|belgie|duitsland|frankrijk|alemanha|franca|espanha|
alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|
kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|
new hampshire|new jersey|new mexico|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|
south carolina|south dakota|tennessee|texas|utah|vermont|virginia|west virginia|wisconsin|wyoming|ontario|
bayern|hessen|sachsen|thuringen|brandenburg|bretagne|normandie|alsace|andalucia|cataluna|galicia|toscana|lombardia
"""

COUNTRIES: Final = frozenset(name for name in _NAMES.replace("\n", "").split("|") if name)
