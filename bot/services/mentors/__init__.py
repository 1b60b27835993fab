"""Use cases of the mentor directory: listings, finding, requests, suggestions, matching rounds."""
