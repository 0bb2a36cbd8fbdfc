"""People and programs come in here: the command line, the HTTP API and the web pages."""
