package asks

import (
	"strings"

	"verbatim/corpus/words"
)

var (
	month = words.Set("january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec")

	// inMonth stand before the month of May.
	inMonth = words.Set("in by since until of early late mid last every each from")

	weekday = words.Set("monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas easter")

	units = words.Set(`km kilometres kilometers kilometre kilometer m metres meters metre meter cm centimetres centimeters mm millimetres millimeters mi mile miles
		yard yards foot feet ft inch inches acre acres hectare hectares ha sq square cubic kg kilograms kilogram g grams gram tonne tonnes ton tons lb lbs
		ounce ounces oz litre litres liter liters gallon gallons degree degrees celsius fahrenheit mph km/h knots kph watt watts kw kilowatt kilowatts mw megawatt
		megawatts gw volt volts amp amps amperes ohm hz hertz khz mhz ghz kb mb gb tb bytes bits pixels psi pascal bar joules calories nm km2 km² horsepower hp
		decibels db light-years parsecs stories storeys floors seats`)

	// compass words begin names of places ("North Carolina").
	compass = words.Set("north south east west northern southern eastern western central upper lower new")

	// humanVerbs follow the name of a person.
	humanVerbs = words.Set(`said says wrote told argued argues believed believes thought claimed claims stated noted explained added asked replied announced married died
		married studied learned graduated invented discovered proposed suggested testified tweeted recalled insisted admitted criticised criticized praised warned`)

	// joins stand inside names.
	joins = words.Set("of the de la le van von der den di da del y and&")

	// starters begin a sentence with a capital and are no names.
	starters = words.Set(`and but or so yet also however although though while because since if unless until then thus therefore hence moreover furthermore meanwhile instead
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
)
