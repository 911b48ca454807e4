// The style sheet of the HTML page: light and dark, wide and narrow.
#pragma once

#include <string_view>

namespace sightline {

inline constexpr std::string_view kHtmlStyle = R"css(
:root{color-scheme:light dark;--back:#fbfbfa;--card:#fff;--ink:#1d2329;--soft:#5c6670;--line:#dde1e5;
--mark:#1f5fbf;--bar:#a9c6ee;--good:#1a7f4b;--bad:#b3372b;--odd:#7a6a1d}
@media(prefers-color-scheme:dark){:root{--back:#14171a;--card:#1c2025;--ink:#e4e7ea;--soft:#9aa4ae;
--line:#2f363d;--mark:#7fb0ff;--bar:#2f4f7d;--good:#5cc98d;--bad:#ff8a7c;--odd:#d8c25c}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1280px;margin:0 auto;padding:24px}
h1{font-size:22px;margin:0}h2{font-size:18px;margin:36px 0 8px}h4{font-size:14px;margin:0}
p{margin:4px 0}small,.soft{color:var(--soft);font-size:13px;font-weight:400}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line)}
th,td{padding:8px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{font-size:13px;color:var(--soft);vertical-align:bottom}
tbody th{overflow-wrap:anywhere;min-width:150px}
td b{font-variant-numeric:tabular-nums}td small{display:block;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;min-width:90px;height:8px;margin:4px 0}
.t{fill:var(--line)}.i{fill:var(--bar)}.m{fill:var(--mark)}
details{margin:8px 0;background:var(--card);border:1px solid var(--line)}
summary{padding:10px 12px;cursor:pointer;font-weight:600}
details>*:not(summary){margin:0 12px 12px}details>article{margin:0}
article{display:flex;gap:14px;padding:12px;border-top:1px solid var(--line);
content-visibility:auto;contain-intrinsic-size:auto 150px}
article>div:last-child{flex:1;min-width:0}
.pic{flex:none;width:120px;height:120px;background:center/contain no-repeat var(--back)}
.pic.none{display:flex;align-items:center;justify-content:center;color:var(--soft);font-size:12px;
border:1px dashed var(--line)}
article p,dd span{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
dl{display:grid;grid-template-columns:minmax(90px,auto) 1fr;gap:2px 12px;margin:6px 0 0}
dt{color:var(--soft);font-size:13px;max-width:260px;overflow-wrap:anywhere}dd{margin:0}
.good{color:var(--good)}.bad{color:var(--bad)}.odd{color:var(--odd)}
.warn{border-left:4px solid var(--odd);padding:4px 12px;margin:12px 0}
label{display:block;margin:12px 0}
section:has(.only:checked) article:not(.differs){display:none}
pre{overflow-x:auto;font-size:12px}
@media(max-width:760px){main{padding:12px}.big thead{display:none}
.big,.big tbody,.big tr,.big th,.big td{display:block;width:100%}.big td{border:0;padding:4px 12px}
.big td::before{content:attr(data-title);display:block;color:var(--soft);font-size:13px}
.big tbody th{padding-top:14px;border:0;font-size:16px}.big tr{border-bottom:1px solid var(--line);padding-bottom:8px}
.pic{width:72px;height:72px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:6px}}
)css";

}  // namespace sightline
