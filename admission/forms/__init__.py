"""What applying, handing down, entering a pledge and each move ask."""
