"""Language editions: chapters localised, executed, and built as a site and a PDF."""
