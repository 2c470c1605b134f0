"""`make lighthouse`: the marks that Lighthouse gives the running site, as on a phone, into docs/lighthouse.md."""
