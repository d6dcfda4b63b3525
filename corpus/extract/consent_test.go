package extract

import (
	"context"
	"strings"
	"testing"
)

// TestConsent: a page that shows nothing but a question on cookies without JavaScript is empty,
// and one that has an article is read without that question.
func TestConsent(t *testing.T) {
	const long = "We and our 842 partners store and access information on a device, such as cookies, and process personal data for personalised advertising, content measurement and audience research. With your consent we may use precise location data. You can change your choices at any time, and object to what relies on legitimate interest. Read more in our privacy policy."
	for name, box := range map[string]string{
		"called so":             `<div class="cookie-banner"><p>We use cookies so that the tide tables can be shown as you like them.</p><button>Accept all</button></div>`,
		"long":                  `<div id="onetrust-banner-sdk"><h2>We value your privacy</h2><p>` + long + `</p><div><button>Reject all</button><button>Accept all</button></div></div>`,
		"in capital and small":  `<div id="CybotCookiebotDialog"><p>` + long + `</p><a role="button">Allow all cookies</a></div>`,
		"a dialog":              `<div role="dialog" aria-label="Before you go on"><p>` + long + `</p><button>I agree</button></div>`,
		"without a name":        `<div><div><p>This site uses cookies. Our cookies remember what you read, with your consent.</p></div><div><button>Got it</button></div></div>`,
		"a form":                `<form class="gdpr"><p>We set cookies to count our readers.</p><input type="submit" value="OK"></form>`,
		"a footer with the law": `<footer><p>` + strings.Repeat("Skarvik Post is published by Skarvik Media, Quay 3. ", 6) + `</p></footer>`,
		"a letter":              `<div class="newsletter"><p>` + strings.Repeat("The tide and the times, every Monday, from Skarvik. ", 4) + `</p></div>`,
	} {
		empty := `<!doctype html><html><head><title>Skarvik Post</title></head><body><div id="root"></div>` + box + `<script src="/app.js"></script></body></html>`
		doc, err := Read(context.Background(), Input{Data: []byte(empty), ContentType: "text/html"})
		if err == nil || !strings.Contains(err.Error(), "the page is empty without JavaScript") {
			t.Errorf("%s: %v, %v", name, doc, err)
		}
		full := `<!doctype html><html><head><title>Skarvik Post</title></head><body><div id="root">` + story + `</div>` + box + `<script src="/app.js"></script></body></html>`
		if got := mustRead(t, Input{Data: []byte(full), ContentType: "text/html"}).Text(); !strings.Contains(got, "pulled down in March") || strings.Contains(got, "cookies") {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, page := range map[string]string{
		"on cookies":              `<h1>Our cookies</h1><div class="cookie-policy"><p>The ferry's site sets two cookies. One cookie keeps the language, the other cookie the harbour. Both go when the window is closed, and nobody else reads them.</p></div><script></script>`,
		"on cookies, with a link": `<div class="cookies"><p>The ferry's site sets two cookies. One cookie keeps the language, the other cookie the harbour. Both go when the window is closed, and nobody else reads them. <a href="/law">What the law says</a></p></div><p>It has been so since the ferry came, and it will stay so until it goes, says the county, which pays for the site.</p><script></script>`,
		"short":                   `<p>The ferry is in the dock until May, and the county pays for a bus over the old bridge, which leaves at ten past every hour.</p><script></script>`,
	} {
		if doc, err := Read(context.Background(), Input{Data: []byte("<!doctype html><html><body>" + page + "</body></html>"), ContentType: "text/html"}); err != nil || !strings.Contains(doc.Text(), "ferry") {
			t.Errorf("%s: %v, %v", name, doc, err)
		}
	}
}
