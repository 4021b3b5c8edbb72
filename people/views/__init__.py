"""Signing in and out, the size of type, and one's own tokens."""

from people.views.signing import SignInView, SignOutView, demo_sign_in, locked_out, size
from people.views.tokens import revoke, tokens

__all__ = ["SignInView", "SignOutView", "demo_sign_in", "locked_out", "revoke", "size", "tokens"]
