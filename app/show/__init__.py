"""What the command line shows: words and lines from frozen objects. Nothing here reads a store or a file."""
