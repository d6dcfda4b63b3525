package asks

import "strings"

var (
	month = set("january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec")

	// inMonth stand before the month of May.
	inMonth = set("in by since until of early late mid last every each from")

	weekday = set("monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas easter")

	units = set(`km kilometres kilometers kilometre kilometer m metres meters metre meter cm centimetres centimeters mm millimetres millimeters mi mile miles
		yard yards foot feet ft inch inches acre acres hectare hectares ha sq square cubic kg kilograms kilogram g grams gram tonne tonnes ton tons lb lbs
		ounce ounces oz litre litres liter liters gallon gallons degree degrees celsius fahrenheit mph km/h knots kph watt watts kw kilowatt kilowatts mw megawatt
		megawatts gw volt volts amp amps amperes ohm hz hertz khz mhz ghz kb mb gb tb bytes bits pixels psi pascal bar joules calories nm km2 km² horsepower hp
		decibels db light-years parsecs stories storeys floors seats`)

	// compass words begin names of places ("North Carolina").
	compass = set("north south east west northern southern eastern western central upper lower new")

	// humanVerbs follow the name of a person.
	humanVerbs = set(`said says wrote told argued argues believed believes thought claimed claims stated noted explained added asked replied announced married died
		married studied learned graduated invented discovered proposed suggested testified tweeted recalled insisted admitted criticised criticized praised warned`)

	// joins stand inside names.
	joins = set("of the de la le van von der den di da del y and&")

	// starters begin a sentence with a capital and are no names.
	starters = set(`and but or so yet also however although though while because since if unless until then thus therefore hence moreover furthermore meanwhile instead
		there here now later today yesterday soon once again still even only just not no yes many most some few several all both each every other another such more
		less one two three four five six seven eight nine ten first second third next last finally eventually initially originally early late despite according
		like unlike following given known based using using having being due critics experts some people others another additionally similarly likewise
		nevertheless nonetheless recently currently often sometimes usually generally typically today's perhaps maybe please part let what's it's that's there's
		throughout across along around behind beyond below above inside outside via per amid`)

	dateWords = func() map[string]Grain {
		m := map[string]Grain{"century": Century, "decade": Decade, "midnight": Time, "noon": Time}
		for w := range strings.FieldsSeq("spring summer autumn winter") {
			m[w] = Season
		}
		for w := range strings.FieldsSeq("yesterday today tomorrow weekend morning afternoon evening tonight nowadays era period") {
			m[w] = AnyGrain
		}
		return m
	}()

	purpose = set("help make avoid prevent protect allow ensure provide improve reduce increase keep save support create promote raise study escape")
)

// cues are single words that introduce what is told.
var cues = func() map[string][]Kind {
	m := map[string][]Kind{}
	add := func(k Kind, list string) {
		for w := range strings.FieldsSeq(list) {
			m[w] = append(m[w], k)
		}
	}
	add(Reason, "because since due therefore reason reasons cause causes caused purpose owing aim aimed aims goal goals motivated intended designed so thus hence")
	add(Reaction, `praised praise criticised criticized criticism critics acclaim acclaimed welcomed condemned condemnation backlash outrage applauded applause protest
		protests protested reaction reactions reacted response responded responding furious angry anger delighted shocked hailed heat props gift lauded denounced
		objected controversy controversial received rejected opposed opposition mocked upset surprised complained complaints booed cheered`)
	add(Comparison, `than compared comparison unlike whereas while similar similarly differ differs different differently difference both same more less most least
		contrast however although better worse larger smaller higher lower versus equal equally identical alike`)
	add(Manner, "through using via method methods process technique techniques means way ways")
	add(Consequence, `result resulted resulting results therefore thus consequently consequence consequences led leads leading caused causing cause causes effect effects
		affected impact hence meant allowed enabled forced made makes ended became`)
	add(Example, "such including include includes example instance like e.g")
	add(Definition, "means refers referred defined called known term")
	add(Opinion, `think thinks thought believe believes believed argue argues argued consider considers considered opinion opinions view views viewed feel feels felt
		opinion suggests suggested claimed claims best worst important`)
	add(Name, "called named titled dubbed nicknamed renamed known entitled")
	return m
}()

type pair struct{ first, second string }

// pairs are two words that introduce what is told.
var pairs = map[pair]Kind{
	{"according", "to"}: Opinion, {"led", "to"}: Consequence, {"as", "if"}: Manner, {"in", "order"}: Reason, {"so", "that"}: Reason,
	{"thanks", "to"}: Reason, {"as", "a"}: Definition, {"rather", "than"}: Comparison, {"such", "as"}: Example, {"for", "example"}: Example,
	{"not", "as"}: Comparison, {"last", "week"}: Date, {"last", "month"}: Date, {"last", "year"}: Date, {"next", "year"}: Date,
	{"this", "week"}: Date, {"years", "ago"}: Date, {"at", "night"}: Date,
}
