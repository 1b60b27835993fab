"""Records and rules per subject; no input or output, nothing asynchronous."""
