package answers

import (
	"strings"
	"sync"
	"testing"
)

// kinds are short invented texts, one of each kind of article that people ask about.
var kinds = map[string]string{
	"landslip": `Landslip closes coast road
By Wanjiru Tamm
The coast road at Skerrow was closed on Monday after a landslip buried two hundred metres of it.
“We heard a crack like thunder, and then the lamp posts went over,” said Bríd Faoláin, who keeps the campsite above the bay. “Nobody was hurt.”
County engineer Zoltán Kerekes said that the slope had been watched since 2011. “The sensors gave us nine hours,” he said, “and we used every one of them.”
Councillor Mei-Ling Strand called the warning “a small miracle”. She argued that the county should buy the five houses below the road.
A bypass over the moor would cost 3.2 million crowns. The bus to Skerrow now takes 40 minutes longer.
“I have lived here since 1968,” Faoláin added, “and I am not moving.”
`,
	"glass": `“Glass remembers everything”: a conversation with Ilse Quandt
Ilse Quandt repairs church windows in a former dairy. She spoke to Tariq Belo.
Tariq Belo: When did you break your first pane?
Ilse Quandt: On my second day. I still keep the pieces in a drawer.
Tariq Belo: Is lead dangerous?
Ilse Quandt: Only if you eat with dirty hands. We test our blood twice a year.
Tariq Belo: What will you do when you retire?
Ilse Quandt: Sleep. Then I shall write down what my teacher, Anselm Ruge, never told anybody.
`,
	"recall": `Oddvar Seeds recalls beetroot seed
TROMVIK, 9 October 2024. Oddvar Seeds is recalling 4,300 packets of its Crimson Globe beetroot seed.
“A labelling error at our warehouse mixed two lots,” said Signe Aalto, head of quality at Oddvar Seeds. “We apologise to every gardener.”
The packets were sold between 2 May and 30 June at 19 shops.
Customers can return opened packets, too, and will get their money back without a receipt.
About Oddvar Seeds
Oddvar Seeds has grown vegetable seed since 1934 and employs 61 people.
`,
	"telephone": `The year I gave up my telephone
By Hamza Lindgren
I put my telephone into the river on New Year's Day, and I have regretted it only twice.
My daughter now writes me postcards. I read each of them at least three times before I answer.
I miss the maps. I do not miss the thirty-one groups that wanted to know what I thought of the bins.
A friend, the surgeon Odile Marchetti, told me that “silence is a muscle”. I have begun to believe her.
You need not follow me. We are all tethered to something, and my rope was simply short.
`,
	"rink": `Skating rink: what visitors ask
When is the rink open?
From ten to nine, and until eleven on Fridays.
Can I bring my own skates?
Yes. Sharpening costs 45 crowns and takes a quarter of an hour.
Are there lockers?
There are 120 lockers behind the till. They take a two-crown coin, which you get back.
`,
	"clock": `Parish council of Upper Teale, 14 November
CLERK: The meeting is open. Item one is the church clock.
CLLR. BAPTISTE: The clock has been four minutes fast since Easter. My husband missed his train.
CLLR. NOOR: A clockmaker in Veldham asks 900 pounds. We have 850.
CLLR. BAPTISTE: Then let us hold a cake sale.
CLERK: That is moved. Does anybody second it?
CLLR. NOOR: I second it, if somebody else bakes.
`,
	"straight": `Choir loses its hall

The choir of Ambrath has lost its hall. "We sang for the bailiffs," said conductor Piet Vanterpool. "They clapped!"

The landlord, Roswitha Engel, declined to comment; her lawyer said the rent hadn't been paid since May.

'It's only bricks,' said the youngest singer, Kofi Adu, 11.

On its page the choir wrote: "Thank you all 🎉🎉 we'll be back 💪 see https://ambrath.example/choir".
`,
}

// kind returns an engine on one of them.
func kind(t testing.TB, name string) *Engine {
	t.Helper()
	if e, ok := ofKinds.Load(name); ok {
		return e.(*Engine)
	}
	text, ok := kinds[name]
	if !ok {
		t.Fatalf("there is no text %q", name)
	}
	e := plainEngine(t, map[string]string{name: text})
	ofKinds.Store(name, e)
	return e
}

var ofKinds sync.Map

// first is the first quote of an answer, empty where there is none.
func first(a Answer) string {
	if len(a.Quotes) == 0 {
		return ""
	}
	return a.Quotes[0].Quote.Text()
}

// allText is the quotes of an answer.
func allText(a Answer) string {
	var out []string
	for _, p := range a.Quotes {
		out = append(out, p.Quote.Text())
	}
	return strings.Join(out, "\n")
}
