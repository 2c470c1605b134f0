"""What other sites and search engines are told of a page: title, picture, what it is. They ask us; we ask nobody."""
