package extract

import (
	"strings"
	"testing"
)

// TestHTMLText: which characters of a page are its text, and how they are parted.
func TestHTMLText(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"marks inside a word", "<p>An un<em>believ</em>able <span>day</span>, he said.</p>", "P An unbelievable day, he said."},
		{"a comment", "<p>The ferry<!-- of 1931 --> sails.</p>", "P The ferry sails."},
		{"a comment with markup in it", "<p>One.</p><!-- <p>Two.</p> --><p>Three.</p>", "P One.\nP Three."},
		{"entities", "<p>Tea &amp; toast &lt;5 kr&gt; at Zo&euml;&#8217;s&hellip; caf&#xE9;</p>", "P Tea & toast <5 kr> at Zoë’s… café"},
		{"entities without a semicolon", "<p>Fish &amp chips, &copy 1999</p>", "P Fish & chips, © 1999"},
		{"signs of Windows by their numbers", "<p>&#147;Yes&#148; &#150; she wrote</p>", "P “Yes” – she wrote"},
		{"an entity of an entity", "<p>Write &amp;amp; for an ampersand.</p>", "P Write &amp; for an ampersand."},
		{"how characters are read aloud", "<p>She comes from <ruby>松江<rp>(</rp><rt>まつえ</rt><rp>)</rp></ruby>.</p>", "P She comes from 松江."},
		{"a place to break a word", "<p>Donau<wbr>dampf<wbr>schiff</p>", "P Donaudampfschiff"},
		{"white space that must not break", "<p>It weighs 12&nbsp;kg and costs 1&#8239;200&nbsp;kr.</p>", "P It weighs 12\u00a0kg and costs 1\u202f200\u00a0kr."},
		{"such at the edges", "<p>&nbsp; It rains.&nbsp;</p>", "P It rains."},
		{"separators of lines", "<p>One&#8232;and two&#8233;and three.</p>", "P One and two and three."},
		{"tabs and control characters", "<p>One\t\ttwo\x01three\x7ffour.</p>", "P One two three four."},
		{"bytes that are no text", "<p>One \xff two.</p>", "P One \ufffd two."},
		{"a mark of byte order inside", "<p>One\ufeff two.</p>", "P One two."},
		{"letters that are joined", "<p>نمی\u200cخواهم and 👩\u200d🌾</p>", "P نمی\u200cخواهم and 👩\u200d🌾"},
		{"letters with marks of their own", "<p>Cafe\u0301 in Ha\u0300 No\u0323i</p>", "P Cafe\u0301 in Ha\u0300 No\u0323i"},
		{"from right to left", `<p dir="rtl">הסירה הישנה נמכרה ביום שני.</p>`, "P הסירה הישנה נמכרה ביום שני."},
		{"ordinals", "<p>The 1<sup>st</sup> of May, the 3<sup>rd</sup> mill</p>", "P The 1st of May, the 3rd mill"},
		{"powers", "<p>Of 12 m<sup>2</sup>, 10<sup>-6</sup> and 10<sup>−12</sup> s</p>", "P Of 12 m², 10⁻⁶ and 10⁻¹² s"},
		{"what is set lower", "<p>Of H<sub>2</sub>O</p>", "P Of H2O"},
		{"a note in brackets", `<p>It leaks.<sup><a href="#n3">[3]</a></sup> It is old.</p>`, "P It leaks. It is old."},
		{"a link that is raised", `<p>It leaks<sup><a href="#n3">as everybody knew</a></sup>.</p>`, "P It leaksas everybody knew."},
		{"a note by its role", `<p>It leaks.<a role="doc-noteref" href="#n3">3</a> It is old.</p>`, "P It leaks. It is old."},
		{"the way back from a note", `<p>So says the log. <a role="doc-backlink" href="#r3">↩</a></p>`, "P So says the log."},
		{"a number that is a link by itself", `<p>It leaks.</p><p><a href="#n3">12</a></p>`, "P It leaks."},
		{"a number by itself", "<p>It leaks.</p><p>12</p>", "P It leaks.\nP 12"},
		{"nothing but signs", "<p>It leaks.</p><p>* * *</p><p>—</p><p>½</p>", "P It leaks.\nP ½"},
		{"a rule between", "It leaks.<hr>It is old.", "P It leaks.\nP It is old."},
		{"elements that nobody knows", "<p>It <x-tip>really</x-tip> leaks.</p><my-box><p>It is old.</p></my-box>", "P It really leaks.\nP It is old."},
		{"one quotation in another", "<p><q>She called it <q>my boat</q> again</q>, he said.</p>", "P “She called it ‘my boat’ again”, he said."},
		{"capital letters in markup", "<P>It leaks.</P><DIV HIDDEN>No.</DIV><H2>Why</H2><P>It is old.</P>", "P It leaks.\nH Why\nP It is old."},
	} {
		htmlMarkup(t, c.name, c.page, c.want)
	}
}

// htmlMarkup compares what HTML becomes, where all of it is text.
func htmlMarkup(t *testing.T, name, page, want string) {
	t.Helper()
	doc := &Document{}
	if err := doc.markup([]byte(page)); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if got := lines(doc); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// TestHTMLNotShown: what a browser does not show as text is none.
func TestHTMLNotShown(t *testing.T) {
	for _, part := range []string{
		"<style>p { color: red }</style>", "<svg><text>Sold.</text></svg>", "<svg><title>Sold.</title></svg>", "<math><mtext>Sold.</mtext></math>",
		"<video>Sold.</video>", "<audio controls>Sold.</audio>", "<canvas>Sold.</canvas>", "<object>Sold.</object>", "<iframe>Sold.</iframe>",
		"<select><option>Sold.</option></select>", "<textarea>Sold.</textarea>", `<input value="Sold.">`, "<datalist><option>Sold.</option></datalist>",
		"<progress>Sold.</progress>", "<meter>Sold.</meter>", "<map><p>Sold.</p></map>", "<dialog><p>Sold.</p></dialog>", "<nav><p>Sold.</p></nav>",
		`<p style="VISIBILITY : hidden">Sold.</p>`, `<p style="color:red; display:NONE">Sold.</p>`, `<div hidden=""><p>Sold.</p></div>`, "<footer><p>Sold.</p></footer>",
		`<p aria-label="Sold."></p>`, `<img alt="Sold." title="Sold.">`, "<!-- Sold. -->", "<noframes><p>Sold.</p></noframes>", "<noembed>Sold.</noembed>", "<script>document.write('<p>Sold.</p>')</script>",
	} {
		htmlMarkup(t, part, "<p>It leaks.</p>"+part+"<p>It is old.</p>", "P It leaks.\nP It is old.")
	}
	htmlMarkup(t, "what was put in the place of deleted text", "<p>It leaks since <del>1931</del> <ins>1932</ins>.</p>", "P It leaks since 1932.")
	htmlMarkup(t, "a link to a note", `<p>It leaks.<a class="footnote-anchor" href="#footnote-1">1</a> It is old.</p>`, "P It leaks. It is old.")
	// What looks like these and is shown:
	for _, part := range []string{
		`<p hidden="until-found">Sold.</p>`, `<p style="display:block">Sold.</p>`, `<p style="overflow:hidden">Sold.</p>`, `<p class="hidden">Sold.</p>`,
		"<label>Sold.</label>", "<fieldset><legend>Sold.</legend></fieldset>", "<center>Sold.</center>", "<address>Sold.</address>", "<menu>Sold.</menu>",
		"<output>Sold.</output>", "<section><header>Sold.</header></section>", "<font size=1>Sold.</font>", "<p><del>Sold.</del></p>",
	} {
		htmlMarkup(t, part, "<p>It leaks.</p>"+part+"<p>It is old.</p>", "P It leaks.\nP Sold.\nP It is old.")
	}
}

// TestHTMLBlocks: where blocks begin and end, and of which kind they are.
func TestHTMLBlocks(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"paragraphs that nothing closes", "<p>It leaks.<p>It is old.<li>Tar<li>Rope", "P It leaks.\nP It is old.\nI Tar\nI Rope"},
		{"boxes in boxes", "<div>Before.<div>Within.<section>Deeper.</section></div>After.</div>", "P Before.\nP Within.\nP Deeper.\nP After."},
		{"a heading with a break", "<h2>The ferry<br>is late</h2><p>It snows.</p>", "H The ferry is late\nP It snows."},
		{"every depth of heading", "<h1>A1</h1><h2>A2</h2><h3>A3</h3><h4>A4</h4><h5>A5</h5><h6>A6</h6><p>It snows.</p>", "H A1\nH A2\nH A3\nH A4\nH A5\nH A6\nP It snows."},
		{"a heading that is empty", `<h2><a id="x"></a></h2><p>It snows.</p>`, "P It snows."},
		{"a heading in a group", "<hgroup><h2>The ferry</h2><p>A story</p></hgroup>", "H The ferry\nP A story"},
		{"numbered lists", `<ol start="4"><li value="9">Tar</li><li>Rope</li></ol>`, "I Tar\nI Rope"},
		{"three lists in each other", "<ol><li>Boat<ul><li>Mast<ul><li>Sail</li></ul></li></ul>and crew</li></ol>", "I Boat\nI Mast\nI Sail\nI and crew"},
		{"two paragraphs of one item", "<ul><li><p>Tar.</p><p>It is black.</p></li></ul>", "I Tar.\nI It is black."},
		{"a heading in an item", "<ul><li><h3>Tar</h3><p>It is black.</p></li></ul>", "H Tar\nI It is black."},
		{"a list in a quotation", "<blockquote><ul><li>Tar</li><li>Rope</li></ul></blockquote>", "Q Tar\nQ Rope"},
		{"a quotation in an item", "<ul><li>He wrote:<blockquote>Bring tar.</blockquote></li></ul>", "I He wrote:\nQ Bring tar."},
		{"a caption in an item", "<ul><li><figure><figcaption>Tar, 1910</figcaption></figure>It is black.</li></ul>", "C Tar, 1910\nI It is black."},
		{"several answers to a term", "<dl><dt>Tar</dt><dt>Pitch</dt><dd>Black.</dd><dd><p>Sticky.</p><p>Hot.</p></dd></dl>", "H Tar\nH Pitch\nP Black.\nP Sticky.\nP Hot."},
		{"terms in boxes", "<dl><div><dt>May I fish?</dt><dd>Yes.</dd></div><div><dt>May I swim?</dt><dd>No.</dd></div></dl>", "H May I fish?\nP Yes.\nH May I swim?\nP No."},
		{"what is unfolded in what is unfolded", "<details open><summary>Who pays?</summary><p>The town.</p><details><summary>How much?</summary>Half.</details></details>", "H Who pays?\nP The town.\nH How much?\nP Half."},
		{"preformatted with blank lines", "<pre>\nThe boat\n\n   <b>leaks</b>.\n</pre>", "P The boat\nP leaks."},
		{"preformatted in an item", "<ul><li>Type<pre><code>row\nsail</code></pre></li></ul>", "I Type\nI row\nI sail"},
		{"a poem", "<p>The tide goes out,<br>\nthe boats lie down<br/>\nand wait.</p>", "P The tide goes out, the boats lie down and wait."},
		{"breaks at the edges", "<p><br>It leaks.<br></p>", "P It leaks."},
		{"three breaks", "It leaks<br><br><br>It is old", "P It leaks\nP It is old"},
		{"two breaks with a comment between", "It leaks<br> \n <br>It is old", "P It leaks\nP It is old"},
		{"a break below a bold line", "<p><strong>Tar</strong><br>It is black</p>", "P Tar\nP It is black"},
		{"a break below a line that is half bold", "<p><strong>Tar</strong> and pitch<br>are black</p>", "P Tar and pitch are black"},
		{"a break below a byline", "<p>By Noor Adlam<br>The boats lie down</p>", "P By Noor Adlam\nP The boats lie down"},
		{"a break behind a colon", "<p>Bring:<br>tar</p>", "P Bring:\nP tar"},
		{"a mark of a word processor", "<p>•&nbsp;&nbsp;&nbsp;Tar</p><p>·&nbsp;&nbsp; Rope</p><p>• 5</p>", "I Tar\nI Rope\nP • 5"},
		{"a footer within a box", "<div><footer>All rights reserved by the mill</footer></div><p>It leaks.</p>", "P It leaks."},
	} {
		htmlMarkup(t, c.name, c.page, c.want)
	}
}

// TestHTMLTables: a row of data is one line; a table that only lays out a page is read cell
// by cell.
func TestHTMLTables(t *testing.T) {
	long := strings.Repeat("The boat sails at six on every day of the week. ", 5)
	for _, c := range []struct{ name, page, want string }{
		{"a caption", "<table><caption>Boats of <b>1931</b></caption><tr><td>Aurora</td><td>12 m</td></tr></table>", "C Boats of 1931\nP Aurora | 12 m"},
		{"head, body and foot", "<table><thead><tr><th>Boat</th><th>Length</th></tr></thead><tbody><tr><th>Aurora</th><td>12 m</td></tr></tbody><tfoot><tr><td>Sum</td><td>12 m</td></tr></tfoot></table>",
			"P Boat | Length\nP Aurora | 12 m\nP Sum | 12 m"},
		{"cells that are empty", "<table><tr><td></td><td>Mon</td><td>&nbsp;</td><td>Tue</td></tr></table>", "P Mon | Tue"},
		{"a row that is empty", "<table><tr><td>Mon</td></tr><tr><td></td><td> </td></tr><tr><td>Tue</td></tr></table>", "P Mon\nP Tue"},
		{"rows that nothing closes", "<table><tr><td>Mon<td>Aurora<tr><td>Tue<td>Borea</table>", "P Mon | Aurora\nP Tue | Borea"},
		{"marks and links in cells", `<table><tr><td><b>Mon</b></td><td><a href="/a">Aurora</a>, <i>old</i></td></tr></table>`, "P Mon | Aurora, old"},
		{"one paragraph in each", "<table><tr><td><p>Mon</p></td><td><div>Aurora</div></td></tr></table>", "P Mon | Aurora"},
		{"cells over several columns", `<table><tr><td colspan="2">Boats</td></tr><tr><td rowspan="2">Mon</td><td>Aurora</td></tr><tr><td>Borea</td></tr></table>`, "P Boats\nP Mon | Aurora\nP Borea"},
		{"a cell with a break", "<table><tr><td>Mon<br>and Tue</td><td>Aurora</td></tr></table>", "P Mon and Tue | Aurora"},
		{"a cell that is long", "<table><tr><td>Mon</td><td>" + long + "</td><td>Aurora</td></tr></table>", "P " + strings.TrimSpace(long) + "\nP Mon | Aurora"},
		{"a list in a cell", "<table><tr><td><ul><li>Tar</li><li>Rope</li></ul></td></tr></table>", "I Tar\nI Rope"},
		{"a heading in a cell", "<table><tr><td><h2>Boats</h2>They leak.</td></tr></table>", "H Boats\nP They leak."},
		{"a table in a cell", "<table><tr><td><table><tr><td>Mon</td><td>Aurora</td></tr><tr><td>Tue</td><td>Borea</td></tr></table></td></tr></table>", "P Mon | Aurora\nP Tue | Borea"},
		{"text between rows", "<table>They leak.<tr><td>Mon</td></tr></table>", "P They leak.\nP Mon"},
		{"a table in a figure", "<figure><table><tr><td>Mon</td><td>Aurora</td></tr></table><figcaption>Boats of 1931</figcaption></figure>", "P Mon | Aurora\nC Boats of 1931"},
		{"a column that is hidden", `<table><tr><td>Mon</td><td><span style="display:none">0001</span>Aurora</td></tr></table>`, "P Mon | Aurora"},
		{"numbers", "<table><tr><td>1931</td><td>12</td><td>–</td><td>3.5&nbsp;%</td></tr></table>", "P 1931 | 12 | – | 3.5\u00a0%"},
		{"a sign of its own in a cell", "<table><tr><td>a | b</td><td>c</td></tr></table>", "P a | b | c"},
		{"a footer of its own in a table", "<table><tfoot><tr><td>Tue</td></tr></tfoot><tbody><tr><td>Mon</td></tr></tbody></table>", "P Tue\nP Mon"},
	} {
		htmlMarkup(t, c.name, c.page, c.want)
	}
}

// TestHTMLCaptions: what stands at pictures is no running text.
func TestHTMLCaptions(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"two paragraphs of one", "<figure><img><figcaption><p>The weir.</p><p>It is old.</p></figcaption></figure>", "C The weir.\nC It is old."},
		{"a link in it", `<figure><img><figcaption>The weir, by <a href="/m">M. Lind</a></figcaption></figure>`, "C The weir, by M. Lind"},
		{"a heading in it", "<figure><img><figcaption><h4>The weir</h4></figcaption></figure>", "C The weir"},
		{"without the element for it", "<figure><img><div>The weir in winter</div></figure>", "C The weir in winter"},
		{"before the picture", "<figure><figcaption>The weir</figcaption><img></figure><p>It leaks.</p>", "C The weir\nP It leaks."},
		{"figures in a figure", "<figure><figure><img><figcaption>The weir</figcaption></figure><figure><img><figcaption>The wheel</figcaption></figure><figcaption>Two views</figcaption></figure>", "C The weir\nC The wheel\nC Two views"},
		{"of a listing", "<figure><pre>row\nsail</pre><figcaption>What to type</figcaption></figure>", "P row\nP sail\nC What to type"},
		{"of a list", "<figure><ul><li>Tar</li></ul><figcaption>What to bring</figcaption></figure>", "I Tar\nC What to bring"},
		{"of a quotation, in a paragraph of its own", "<figure><blockquote>Bring tar.</blockquote><figcaption><p>Ida Lund</p></figcaption></figure>", "Q “Bring tar.” — Ida Lund"},
		{"of a quotation, with a dash in a paragraph", "<figure><blockquote>Bring tar.</blockquote><figcaption><p>– Ida Lund</p></figcaption></figure>", "Q “Bring tar.” – Ida Lund"},
		{"in a quotation", "<blockquote><figure><img><figcaption>The weir</figcaption></figure><p>It leaks.</p></blockquote>", "C The weir\nQ It leaks."},
	} {
		htmlMarkup(t, c.name, c.page, c.want)
	}
}

// TestHTMLQuotations: what is set off gets quotation marks where the page says whose words
// they are, and none elsewhere.
func TestHTMLQuotations(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a dash and a name in the last paragraph", "<blockquote><p>It leaks.</p><p>— Ida Lund, miller</p></blockquote>", "Q “It leaks.” — Ida Lund, miller"},
		{"two hyphens and a name", "<blockquote><p>It leaks.</p><p>-- Ida Lund</p></blockquote>", "Q “It leaks.” -- Ida Lund"},
		{"a dash and a small letter", "<blockquote><p>It leaks.</p><p>– and always did</p></blockquote>", "Q It leaks.\nQ – and always did"},
		{"a dash and a name alone", "<blockquote><p>— Ida Lund</p></blockquote>", "Q — Ida Lund"},
		{"announced and credited", "<p>She wrote:</p><blockquote><p>It leaks.</p><footer>Ida Lund</footer></blockquote>", "P She wrote:\nQ “It leaks.” — Ida Lund"},
		{"announced, with marks inside", "<p>She wrote:</p><blockquote><p>It “leaks”.</p></blockquote>", "P She wrote:\nQ It “leaks”."},
		{"credited, with marks inside", "<blockquote><p>It “leaks” a lot.</p><footer>Ida Lund</footer></blockquote>", "Q It “leaks” a lot.\nQ — Ida Lund"},
		{"marks of other languages", "<blockquote><p>«Il fuit.»</p><footer>Ida Lund</footer></blockquote><blockquote><p>„Es leckt.“</p><footer>Bo Weir</footer></blockquote>", "Q «Il fuit.» — Ida Lund\nQ „Es leckt.“ — Bo Weir"},
		{"three paragraphs, announced", "<p>She wrote:</p><blockquote><p>It leaks.</p><p>It is old.</p><p>Sell it.</p></blockquote>", "P She wrote:\nQ “It leaks.\nQ “It is old.\nQ “Sell it.”"},
		{"announced in a heading", "<h2>She wrote:</h2><blockquote><p>It leaks.</p></blockquote>", "H She wrote:\nQ It leaks."},
		{"a picture before its words", "<p>She wrote:</p><blockquote><figure><img><figcaption>The log</figcaption></figure><p>It leaks.</p></blockquote>", "P She wrote:\nC The log\nQ It leaks."},
		{"one in another", "<p>She wrote:</p><blockquote><p>I read:</p><blockquote><p>It leaks.</p></blockquote></blockquote>", "P She wrote:\nQ “I read:\nQ “It leaks.”"},
		{"nothing but a name", "<p>It leaks.</p><blockquote><footer>Ida Lund</footer></blockquote>", "P It leaks.\nQ — Ida Lund"},
		{"nothing at all", "<p>She wrote:</p><blockquote> </blockquote><p>It leaks.</p>", "P She wrote:\nP It leaks."},
		{"a title in the middle", "<blockquote><p>In <cite>The Log</cite> it leaks.</p></blockquote>", "Q In The Log it leaks."},
		{"where it is from", `<blockquote cite="https://log.example/3"><p>It leaks.</p></blockquote>`, "Q It leaks."},
		{"a footer with a comment behind", "<blockquote><p>It leaks.</p><footer>Ida Lund</footer><!-- x -->\n</blockquote>", "Q “It leaks.” — Ida Lund"},
		{"a footer in a box", "<blockquote><div><p>It leaks.</p><footer>Ida Lund</footer></div></blockquote>", "Q “It leaks.” — Ida Lund"},
		{"in a figure without a caption", "<figure><blockquote>It leaks.</blockquote><p>Photo of the log</p></figure>", "Q It leaks.\nP Photo of the log"},
		{"a footer of a paragraph", "<blockquote><p>It leaks.</p><footer><p>Ida Lund</p></footer></blockquote>", "Q “It leaks.” — Ida Lund"},
		{"a dash before the footer", "<blockquote>It leaks. —<footer>Ida Lund</footer></blockquote>", "Q “It leaks.” — Ida Lund"},
		{"the next one has none", "<blockquote><p>It leaks.</p><footer>Ida Lund</footer></blockquote><blockquote><p>It is old.</p></blockquote>", "Q “It leaks.” — Ida Lund\nQ It is old."},
	} {
		htmlMarkup(t, c.name, c.page, c.want)
	}
}

// TestHTMLButtons: lines that stand for a button, or only lead elsewhere, are none of a text;
// sentences with the same words are.
func TestHTMLButtons(t *testing.T) {
	for _, line := range []string{
		"<p>Advertisement</p>", "<p>ADVERTISEMENT</p>", "<p>Share</p>", "<div>Share this article:</div>", `<p><a href="/x">Back to top ↑</a></p>`, "<p>Print</p>", "<p>Story continues below</p>",
		"<p>Leave a comment</p>", "<li>Copy link</li>", `<p><a href="/x">See also: The wheel of iron</a></p>`, `<p>Tags: <a href="/a">watermills</a>, <a href="/b">larch wheels</a></p>`,
		`<p>Filed under <a href="/a">Mills, weirs and wheels</a></p>`, `<p><a href="/x">→ The wheel of iron</a></p>`, `<p><strong>Related: </strong><a href="/x">The wheel of iron turns again</a></p>`,
		`<p>Don’t miss: <a href="/x">The wheel of iron turns again</a></p>`, "<p>[ Menu ]</p>", "<p>Warning</p>",
	} {
		htmlMarkup(t, line, "<p>It leaks.</p>"+line+"<p>It is old.</p>", "P It leaks.\nP It is old.")
	}
	for _, c := range []struct{ line, want string }{
		{"<p>Share the wheel with a neighbour.</p>", "P Share the wheel with a neighbour."},
		{"<p>Related trades moved in.</p>", "P Related trades moved in."},
		{`<p>See also the <a href="/x">weir</a>, which is older than the mill.</p>`, "P See also the weir, which is older than the mill."},
		{`<p>Read <a href="/x">the log</a> for what the miller noted.</p>`, "P Read the log for what the miller noted."},
		{`<p>Topics of the day were tar and rope.</p>`, "P Topics of the day were tar and rope."},
		{"<h2>Contents</h2>", "H Contents"},
		{"<h2>Next</h2>", "H Next"},
		{"<p>Warning: it leaks.</p>", "P Warning: it leaks."},
		{"<p>Top speed</p>", "P Top speed"},
		{`<p><a href="/x">The log says so, and it says it plainly.</a></p>`, "P The log says so, and it says it plainly."},
	} {
		htmlMarkup(t, c.line, "<p>It leaks.</p>"+c.line+"<p>It is old.</p>", "P It leaks.\n"+c.want+"\nP It is old.")
	}
}
