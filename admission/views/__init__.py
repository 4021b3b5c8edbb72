"""The pages: registers, one application, permit, task or pledge, and the forms that make them."""
