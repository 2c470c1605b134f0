// Staff alone load this. The editor of footnotes asks for its list at an address of its own; ours is below /admin/.
window.jQuery.ajaxPrefilter((options) => {
  if (options.url.startsWith("/footnotes/footnotes_modal/")) {
    options.url = "/admin/footnotes/";
  }
});
