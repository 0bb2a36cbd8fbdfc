"""How a question in words becomes a question of the API. `graph.ask` is the way in."""
