"""HEAD answered as GET, without the body (RFC 9110 §9.3.2)."""


class HeadWithoutBody:
    """Drop the body that Django's views make for HEAD: a server would drop it as well, with a warning each time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            length = response.get("Content-Length", str(len(response.content)))
            response.content = b""
            response["Content-Length"] = length
        return response
