using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Language;

internal sealed partial class PlainEnglishTests
{
    private const int Columns = 120;

    [Test]
    public async Task No_page_has_a_phrase_that_an_English_speaking_engineer_would_not_write()
    {
        var found = from page in PlainPages.All
                    from line in PlainPages.Prose(page)
                    from phrase in Phrase.All
                    where phrase.IsIn(line.Text)
                    select $"{page}:{line.Number}: '{phrase.Pattern}', better: {phrase.Better}";

        await Assert.That(PlainPages.All.Length).IsGreaterThan(50);
        await Assert.That(found).IsEmpty();
    }

    [Test]
    public async Task A_line_has_one_sentence_or_fits_the_width_of_a_screen()
    {
        var wide = from page in PlainPages.All
                   from line in PlainPages.Prose(page)
                   where line.Text.Length > Columns && !line.Text.StartsWith('|') && NextSentence().IsMatch(line.Text)
                   select $"{page}:{line.Number}";

        await Assert.That(wide).IsEmpty();
    }

    [Test]
    [Arguments("The old one stops to accept.", true)]
    [Arguments("It is mended, and made anew.", true)]
    [Arguments("An input that is no JSON has a line.", true)]
    [Arguments("A key that says who may call.", true)]
    [Arguments("It no longer accepts. A recommended own address. There is no file.", false)]
    public async Task A_phrase_is_found_as_whole_words_only(string text, bool found)
    {
        await Assert.That(Phrase.All.Any(phrase => phrase.IsIn(text))).IsEqualTo(found);
    }

    [GeneratedRegex(@"[.!?] [A-Z`\[*]")]
    private static partial Regex NextSentence();
}
