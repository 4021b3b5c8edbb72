"""Which item or function a text may belong to: by pairs of signs, nearest to what rows and confirmed cases say."""
