"""What templates of press releases need."""

from django import template

from home import moments

register = template.Library()
register.filter("moment", moments.in_words)
