"""How the article came from the queries' results to the works that it reads."""
