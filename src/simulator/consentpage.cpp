// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/consentpage.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *style = R"(<style>
:root{color-scheme:light dark;--back:#eef2f3;--card:#fff;--text:#16232b;--quiet:#566871;--line:#d9e1e4;
--accent:#00695f;--accent-text:#fff;--tint:#e3f3f0;--warn:#8a4b00;--warn-back:#fff3e0}
@media (prefers-color-scheme:dark){:root{--back:#0f1619;--card:#182226;--text:#e8eff1;--quiet:#9fb0b7;--line:#2c3a40;
--accent:#5fd3c3;--accent-text:#05201c;--tint:#16312e;--warn:#ffc987;--warn-back:#33260f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px 16px;
background:var(--back);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Cantarell,"DejaVu Sans",sans-serif}
main{width:100%;max-width:520px;background:var(--card);border:1px solid var(--line);border-radius:16px;
padding:28px 32px;box-shadow:0 8px 30px rgba(0,0,0,.08)}
header{display:flex;align-items:center;gap:12px;color:var(--quiet);font-size:14px;margin-bottom:18px}
header svg{flex:none}
.badge{margin-left:auto;background:var(--tint);color:var(--accent);border-radius:99px;padding:2px 12px;
font-weight:600;font-size:13px}
h1{font-size:23px;line-height:1.25;margin:0 0 8px}
p{margin:0 0 16px;color:var(--quiet)}
.hint{background:var(--warn-back);color:var(--warn);border-radius:10px;padding:10px 14px}
fieldset{border:0;padding:0;margin:0 0 20px}
legend{padding:0;font-weight:600;margin-bottom:8px}
.scopes{border:1px solid var(--line);border-radius:12px;overflow:hidden}
.scopes label{display:flex;gap:14px;align-items:flex-start;padding:10px 14px;cursor:pointer}
.scopes label+label{border-top:1px solid var(--line)}
.scopes label:hover{background:var(--tint)}
.scopes b{display:block;font-weight:600}
.scopes small{color:var(--quiet);font-size:14px}
input[type=checkbox]{width:19px;height:19px;margin:3px 0 0;accent-color:var(--accent);flex:none}
select{font:inherit;width:100%;padding:9px 12px;border-radius:10px;border:1px solid var(--line);
background:var(--card);color:var(--text)}
.buttons{display:flex;gap:12px;flex-direction:row-reverse}
button{font:inherit;font-weight:600;border-radius:10px;padding:11px 20px;cursor:pointer;border:1px solid var(--line);
background:transparent;color:var(--text);flex:1}
button.main{background:var(--accent);border-color:var(--accent);color:var(--accent-text)}
button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
main>:last-child{margin-bottom:0}
footer{margin-top:20px;font-size:13px;color:var(--quiet);overflow-wrap:anywhere}
code{font:14px/1.5 ui-monospace,"DejaVu Sans Mono",monospace;color:var(--text)}
.problem{display:block;background:var(--warn-back);color:var(--warn);border-radius:10px;padding:12px 14px;
margin-bottom:16px;overflow-wrap:anywhere}
</style>
)";

constexpr const char *mark = R"html(<svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
<rect width="32" height="32" rx="9" fill="var(--accent)"/>
<path d="M6 17h5l2.5-7 4.5 13 3-9 1.5 3H26" fill="none" stroke="var(--accent-text)" stroke-width="2.2"
stroke-linecap="round" stroke-linejoin="round"/></svg>
)html";

QString frame(const QString &service, const QString &title, const QString &content, bool demo)
{
    const QString badge = demo ? u"<span class=\"badge\">Demo</span>"_s : QString();
    QString html = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"_s;
    html += title.toHtmlEscaped() + (demo ? u" · Demo"_s : QString()) + u"</title>\n"_s;
    html += QString::fromUtf8(style) + u"</head><body><main>\n<header>"_s + QString::fromUtf8(mark);
    html += u"<span>Simulated %1 account</span>"_s.arg(service) + badge + u"</header>\n"_s + content +
            u"</main></body></html>\n"_s;
    return html;
}

QString scopeBox(const ConsentScope &scope)
{
    return u"<label><input type=\"checkbox\" name=\"scope\" value=\"%1\" checked><span><b>%2</b>"
           "<small>%3</small></span></label>\n"_s.arg(scope.id.toHtmlEscaped(), scope.title.toHtmlEscaped(),
                                                      scope.description.toHtmlEscaped());
}

QString accountChoice(const ConsentPage &page)
{
    if (page.users.size() < 2) {
        return u"<input type=\"hidden\" name=\"user\" value=\"%1\">\n"_s.arg(
            page.currentUser.toHtmlEscaped());
    }
    QString html = u"<fieldset><legend><label for=\"user\">Signed in as</label></legend>"
                   "<select id=\"user\" name=\"user\">\n"_s;
    for (const auto &[id, name] : page.users) {
        const QString chosen = id == page.currentUser ? u" selected"_s : QString();
        html += u"<option value=\"%1\"%2>%3 (%1)</option>\n"_s.arg(id.toHtmlEscaped(), chosen,
                                                                   name.toHtmlEscaped());
    }
    return html + u"</select></fieldset>\n"_s;
}

QString accountName(const ConsentPage &page)
{
    for (const auto &[id, name] : page.users) {
        if (id == page.currentUser)
            return name;
    }
    return page.currentUser;
}

} // namespace

QByteArray consentHtml(const ConsentPage &page)
{
    QString html = u"<h1>May Wristkeep read this data?</h1>\n"_s;
    if (page.users.size() < 2) {
        html += u"<p>You are signed in as <b>%1</b>, a made-up person. Nothing here is real.</p>\n"_s.arg(
            accountName(page).toHtmlEscaped());
    } else {
        html += u"<p>These are made-up persons. Nothing here is real.</p>\n"_s;
    }
    if (!page.hint.isEmpty())
        html += u"<p class=\"hint\" role=\"alert\">%1</p>\n"_s.arg(page.hint.toHtmlEscaped());
    html += u"<form method=\"post\" action=\"%1\">\n"_s.arg(page.action.toHtmlEscaped());
    html += accountChoice(page);
    html += u"<fieldset><legend>Kinds of data</legend><div class=\"scopes\">\n"_s;
    for (const ConsentScope &scope : page.scopes)
        html += scopeBox(scope);
    html += u"</div></fieldset>\n<div class=\"buttons\">"
            "<button class=\"main\" name=\"decision\" value=\"allow\">Allow</button>"
            "<button name=\"decision\" value=\"deny\">Deny</button></div>\n</form>\n"_s;
    html += u"<footer>Read only. Application %1; afterwards you return to %2</footer>\n"_s.arg(
        page.clientId.toHtmlEscaped(), page.returnsTo.toHtmlEscaped());
    return frame(page.service, u"Allow access"_s, html, page.demo).toUtf8();
}

QByteArray consentErrorHtml(const QString &service, const QString &text, bool demo)
{
    const QString html =
        u"<h1>This request cannot be answered</h1>\n<p>The program that sent you here asked in a way "
        "the service does not accept:</p>\n<code class=\"problem\">%1</code>\n<p>Nothing was "
        "granted. Close this page, correct the settings there and try again.</p>\n"_s.arg(
            text.toHtmlEscaped());
    return frame(service, u"Request not accepted"_s, html, demo).toUtf8();
}

} // namespace wristkeep
