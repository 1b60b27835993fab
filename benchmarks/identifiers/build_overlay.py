"""Packs the words that stand on pictures and identify nobody: data/overlay.txt.

Sources: attribute names and coded terms of the DICOM standard as carried by pydicom, and the list
below, written from general knowledge of angiography, CT, MR, ultrasound and endoscopy displays. Run by
hand where `pydicom` is installed. Words that are mostly people's or towns' names are left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.identifiers.text.folding import fold  # noqa: E402
from bot.identifiers.text.lexicon import look_up  # noqa: E402

OUT = ROOT / "bot/identifiers/text/data/overlay.txt"
OWN = """
acq acquisition angle ant anterior apex ap art arterial aorta aortic asc atrium auto avg axial axis az azimuth bck bl bolus bone
br brachial brain brightness bw cal calib carotid cath cau caud caudal ceph cine cm cms coil cont contrast cor coronal cran cra
cranial crop ct cta dap dcm deg delay depth desc detector dia diast dist distal doppler dose dr dsa dsi dtl dyn echo ed edge eq
ef el elev enh erect err exam exp exposure ext fem femoral ff fid field filt filter flip flow fluoro flr foc focus fov fps fr frame frames
freq fs full gain gate gd gen grid head hepatic hf hff hfs hi hold hz iac im image images img in inf inferior inj
inspiration inv iso iv ivc kv kvp ky la lao lat lateral left len length level lft lin lll llo lo lng loc lookup loop lower lr lt
lung lv ma mag mag. mammo map mas mask max mb med medial mean mhz mi mid min mip mm mms mo mod mode mono mpr mr mra mri ms
msec mv nav neck nm no non none norm normal not obl oblique off offset on or org orig out p pa page pan par path pause pcl pct
pelvis perf persist ph phase pix pixel pl plane play pos post posterior pre pref prf prep preset print prone prox proximal ps pt pulse pv pw
qty qual r ra rad rao rate raw rec recon ref reg rel rep res resp rest rev rf right rl roadmap roi rot rpm rt run runs rv s sag
sagittal sat save sc scale scan scout sec sel seq ser series set sharp sid slice slices smooth sn sod soft spatial spd sp
spine src ss st std step still stop stored sub subtracted sup superior supine sw sx sys syst t te temp test th thick thickness thk
ti tib tib. time tis tib tlt tilt tr trans transverse trig ts tv u ul un unsub up us v va vc vel velocity venous vent vert view vol
volume vr w wall width win window wl ww wc x xa xray y z zm zoom 2d 3d 4d b-mode m-mode cfm cpa pdi scpt thi harmonic harmonics
not for diagnosis use clinical only lossy compressed jpeg ratio copy duplicate study state stand standing sitting decub decubitus
abdomen thorax chest foot feet hand knee hip shoulder elbow wrist ankle leg arm thigh calf liver kidney spleen pancreas bladder
uterus ovary prostate breast heart cardiac vascular venous artery vein portal renal iliac popliteal tibial subclavian jugular vertebral
celiac mesenteric splenic gastric hepatic internal external common cerebral basilar ica eca cca mca aca pca sma ima gda cha cfa sfa
cia eia ivus oct ffr dist ant. post. lt. rt. adult child infant pediatric female male preset carotid abd ob gyn msk smallparts
arterial portal delayed native nativ arteriell portalvenos kontrast bild serie schicht dicke rechts links vorn hinten oben unten kopf
fuss bauch becken lunge leber niere phase spat fenster lage rucken seite serie image coupe epaisseur droite gauche
avant arriere haut bas tete pied abdomen bassin poumon foie rein phase tardive artérielle portale fenetre serie imagen corte
grosor derecha izquierda anterior posterior cabeza pie higado rinon fase tardia arterial ventana
r l a p h f hfdr fln tra cor sag tse flair dwi adc swi tof pc t1 t2 t1w t2w pd fatsat stir vibe lava thrive gre se epi blade propeller
siemens philips ge healthcare toshiba canon hitachi samsung mindray esaote sonosite fujifilm shimadzu ziehm hologic agfa carestream
artis zee azurion allura innova infinix trinias somatom aquilion revolution lightspeed brilliance ingenuity ingenia achieva magnetom
aera skyra prisma signa logiq vivid voluson epiq affiniti acuson sequoia aplio xario olympus pentax evis
syngo intellispace centricity pacs viewer workstation console ready standby online battery storage free disk gb mb network dicom send
c1-5 c5-1 c9-2 l12-3 l9-3 l12-5 s5-1 c5-2 l11-3 c1-6 9l 4c 12l ml6-15 c2-9
fluoroscopy exposure reference landmark stenosis lumen diameter area percent reading measured distance length calibrated catheter
mgy gy gycm2 ugym2 cgycm2 mgycm mgy*cm kg ml cc bpm mmhg cmh2o hu db dyn fps kbps khz msv mj joule watt sec. min. hr
injector pressure psi total remaining frame rate hold last lih saved stored screenshot capture secondary derived primary original
"""


def main() -> None:
    """Write the list."""
    from pydicom._dicom_dict import DicomDictionary
    from pydicom.sr._concepts_dict import concepts

    words: set[str] = set()
    texts = [entry[2] for entry in DicomDictionary.values()]
    texts += [
        meaning
        for scheme in ("DCM", "SCT", "UCUM")
        for codes in concepts.get(scheme, {}).values()
        for (meaning, *_rest) in codes.values()
    ]
    for text in texts:
        for word in re.findall(r"[A-Za-z]{2,}", text):
            known = look_up(word)
            named = known.given >= 2 or known.family >= 3 or known.town >= 2
            if not named or (known.listed in (1, 2) and known.english >= 4 and known.given < 3):
                words.add(fold(word))
    own = {fold(word) for word in OWN.split()}
    OUT.write_text("\n".join(sorted(words | own)) + "\n", encoding="utf-8")
    print(len(words), "from the standard,", len(own), "own")


if __name__ == "__main__":
    main()
