"""How curated facts get in and out again: read, check, resolve, plan, commit, report."""
