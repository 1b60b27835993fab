"""The checker page: one static folder on which a text is looked through on the reader's own device.

`build` puts the folder together; what runs in the browser stands in `site/`. Nothing here knows a
platform, the core or the store: the page has no server side at all.
"""
