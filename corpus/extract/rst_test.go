package extract

import "testing"

// TestRSTParts: what the parts of a text in reStructuredText become.
func TestRSTParts(t *testing.T) {
	const end = "\n\nIt is closed on Mondays.\n"
	for _, c := range []struct{ name, text, want string }{
		{"a line above and below a title", "=======\nThe spa\n=======\n\nIt is warm." + end, "H The spa\nP It is warm.\nP It is closed on Mondays."},
		{"titles with other signs", "The spa\n~~~~~~~\n\nIt is warm.\n\nPrices\n''''''\n\nFree." + end, "H The spa\nP It is warm.\nH Prices\nP Free.\nP It is closed on Mondays."},
		{"a title of two bytes a letter", "Üb\n==\n\nIt is warm." + end, "H Üb\nP It is warm.\nP It is closed on Mondays."},
		{"a line between parts", "It is warm.\n\n----\n" + end, "P It is warm.\nP It is closed on Mondays."},
		{"lines of a paragraph", "The spa\nis warm." + end, "P The spa is warm.\nP It is closed on Mondays."},
		{"a comment", ".. nobody reads this\n   nor this" + end, "P It is closed on Mondays."},
		{"a target and a substitution", ".. _spa: https://spa.example\n.. |x| image:: x.png" + end, "P It is closed on Mondays."},
		{"a picture", ".. image:: spa.png\n   :alt: The spa" + end, "P It is closed on Mondays."},
		{"a caption", ".. figure:: spa.png\n   :alt: The spa\n\n   The spa in 1904." + end, "C The spa in 1904.\nP It is closed on Mondays."},
		{"the name of a table", ".. table:: Prices of the spa\n\n   ===== =====\n   Adult 5\n   ===== =====" + end, "C Prices of the spa\nP Adult | 5\nP It is closed on Mondays."},
		{"a warning of two paragraphs", ".. warning::\n   It is hot.\n\n   It is deep." + end, "P It is hot.\nP It is deep.\nP It is closed on Mondays."},
		{"a warning behind a colon", "Please note:\n\n.. warning::\n   It is hot." + end, "P Please note:\nP It is hot.\nP It is closed on Mondays."},
		{"a quotation in a note", ".. note::\n\n   She wrote:\n\n     It heals." + end, "P She wrote:\nQ “It heals.”\nP It is closed on Mondays."},
		{"an epigraph", ".. epigraph::\n\n   It heals.\n\n   -- Ada Mill" + end, "Q “It heals.” -- Ada Mill\nP It is closed on Mondays."},
		{"code", ".. code-block:: python\n\n   print(1)" + end, "P It is closed on Mondays."},
		{"a text set apart", "It says::\n\n    print(1)" + end, "P It says:\nP It is closed on Mondays."},
		{"only the sign of it", "::\n\n    print(1)" + end, "P It is closed on Mondays."},
		{"numbered items", "1. Undress.\n2. Shower,\n   with soap.\n#. Swim." + end, "I Undress.\nI Shower, with soap.\nI Swim.\nP It is closed on Mondays."},
		{"items in items", "- Undress.\n\n  - Shoes first.\n\n- Swim." + end, "I Undress.\nI Shoes first.\nI Swim.\nP It is closed on Mondays."},
		{"a term", "Towel\n  It is lent." + end, "H Towel\nQ It is lent.\nP It is closed on Mondays."},
		{"a quotation that is announced", "The doctor wrote:\n\n  It heals.\n\n  It cures." + end, "P The doctor wrote:\nQ “It heals.\nQ “It cures.”\nP It is closed on Mondays."},
		{"a verse", "| It heals,\n| it cures" + end, "P It heals,\nP it cures\nP It is closed on Mondays."},
		{"a grid", "It costs little.\n\n+-----+-----+\n| Day | Fee |\n+=====+=====+\n| Mon | 5   |\n+-----+-----+" + end, "P It costs little.\nP Day | Fee\nP Mon | 5\nP It is closed on Mondays."},
		{"a table with an empty cell", "It costs little.\n\n===== ===== =====\nDay   Fee   Boat\n===== ===== =====\nMon         Aurora\n===== ===== =====" + end, "P It costs little.\nP Day | Fee | Boat\nP Mon | Aurora\nP It is closed on Mondays."},
		{"an anonymous target", "It is `warm <https://spa.example>`__.\n\n__ https://spa.example" + end, "P It is warm.\nP It is closed on Mondays."},
		{"a bold heading", "It is warm.\n\n**The prices**\n\nIt is free." + end, "P It is warm.\nH The prices\nP It is free.\nP It is closed on Mondays."},
		{"Windows lines and tabs", "The doctor wrote:\r\n\r\n\tIt heals.\r\n" + end, "P The doctor wrote:\nQ “It heals.”\nP It is closed on Mondays."},
	} {
		if got := lines(mustRead(t, Input{Name: "spa.rst", Data: []byte(c.text)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestRSTInline: marks within a paragraph go, what only looks like them stays.
func TestRSTInline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It is *warm* and **deep**.", "It is warm and deep."},
		{"*Warm* (*very*), “*deep*”.", "Warm (very), “deep”."},
		{"It is 3 * 4 metres * 2.", "It is 3 * 4 metres * 2."},
		{"It costs 5* or 6*.", "It costs 5* or 6*."},
		{"Say ``*warm*`` and ``a_``.", "Say *warm* and a_."},
		{"See `the spa`_ and spa_, or spa__.", "See the spa and spa, or spa."},
		{"A snake_case word.", "A snake_case word."},
		{"See `<https://spa.example>`_.", "See https://spa.example."},
		{"See :doc:`/spa` and :ref:`the spa <spa-label>`.", "See /spa and the spa."},
		{"Water is H\\ :sub:`2`\\ O.", "Water is H2O."},
		{"A star \\* stays, a \\\\ too.", "A star * stays, a \\ too."},
		{"It is |warm|.", "It is warm."},
		{"It heals. [1]_ It cures [#note]_.", "It heals. It cures."},
	} {
		if got := rstInline(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}
