"""How dates are written where Django decides, for languages whose habit is not ours."""
