using System.IO.Compression;
using System.Text;
using Lectern.Contracts.Grading;
using Lectern.Grading.SimilarityChecks;

namespace Lectern.Tests.Grading.SimilarityChecks;

public sealed class WinnowingTests
{
    [Fact]
    public void Whatever_is_shared_in_as_many_words_as_promised_is_found_and_nothing_shorter_than_a_run_is()
    {
        var random = new Random(20031);
        for (var round = 0; round < 2000; round++)
        {
            var shared = Words(random, Winnowing.Promised);
            var here = Text([.. Words(random, random.Next(60)), .. shared, .. Words(random, random.Next(60))]);
            var there = Text([.. Words(random, random.Next(60)), .. shared, .. Words(random, random.Next(60))]);
            Assert.Contains(SharedWords.Between(here, there), passage => passage.Here.End - passage.Here.Start > Winnowing.Promised);

            string[] few = shared[..(Winnowing.Run - 1)];
            here = Text([.. Words(random, 40), .. few, .. Words(random, 40)]);
            there = Text([.. Words(random, 40), .. few, .. Words(random, 40)]);
            Assert.Empty(SharedWords.Between(here, there));
        }
    }

    [Fact]
    public void A_word_over_and_over_has_few_fingerprints_and_is_compared_in_no_time()
    {
        var text = new ComparedText(string.Concat(Enumerable.Repeat("again ", 80_000)));

        Assert.Single(Winnowing.PrintsOf(text).Select(print => print.Number).Distinct());
        var passage = Assert.Single(SharedWords.Between(text, text));
        Assert.Equal(new TextRange(0, (80_000 * 6) - 1), passage.Here);
    }

    [Theory]
    [InlineData("The  QUICK brown fox: jumps, over the lazy dog!", "the quick brown fox jumps over the lazy dog")]
    [InlineData("Ça a été déjà vu à Noël, près du café.", "ca a ete deja vu a noel pres du cafe")]
    [InlineData("إنَّ الكِتَابَ خَيْرُ جَلِيسٍ فِي الزَّمَانِ لِلْقَارِئ", "ان الكتاب خير جليس في الزمان للقارئ")]
    [InlineData("الكـــتاب خير جليس في هذا الزمان", "الكتاب خير جليس في هذا الزمان")]
    [InlineData("to\u200Bda\u200By we hid an\u00ADother letter be\u2060tween these", "today we hid another letter between these")]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ　ｌｅｔｔｅｒｓ　ｃｏｕｎｔ　ａｓ　ｎａｒｒｏｗ", "full width letters count as narrow")]
    public void Case_accents_points_and_what_cannot_be_seen_make_no_difference(string one, string other)
    {
        var passage = Assert.Single(SharedWords.Between(new ComparedText(one), new ComparedText(other)));
        Assert.Equal(0, passage.There.Start);
        Assert.Equal(other.Length, passage.There.End);
    }

    [Fact]
    public void Chinese_has_a_word_a_character()
    {
        var here = new ComparedText("前言。学而时习之，不亦说乎？有朋自远方来，不亦乐乎？");
        var there = new ComparedText("他写道：有朋自远方来，不亦乐乎。完全不同的结尾");

        var passage = Assert.Single(SharedWords.Between(here, there));

        Assert.Equal("有朋自远方来，不亦乐乎", "前言。学而时习之，不亦说乎？有朋自远方来，不亦乐乎？"[passage.Here.Start..passage.Here.End]);
    }

    [Fact]
    public void Quotations_and_what_was_given_do_not_count()
    {
        const string Given = "Explain in your own words why the harvest failed that year.";
        const string Own = """
            Explain in your own words why the harvest failed that year.
            My answer is short. The chronicle says “the rain did not come until all the corn was dust” and I believe it.
            > and the king sent men to every village to count what was left
            The rest of this text is mine alone and nobody else's.
            """;

        var left = NotCounted.In(Own, Given, withoutQuotations: true);

        var text = new ComparedText(Own, left);
        Assert.Equal(3, left.Count);
        Assert.Equal(23, text.Counted);
        Assert.DoesNotContain(SharedWords.Between(text, new ComparedText(Own[..220])), passage => passage.Here.End < 65);
        Assert.Single(NotCounted.In(Own, Given, withoutQuotations: false));
    }

    [Fact]
    public void All_of_a_text_in_quotation_marks_is_no_quotation()
    {
        var text = $"“{string.Join(' ', Words(new Random(7), 600))}”";
        Assert.Empty(NotCounted.In(text, string.Empty, withoutQuotations: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("…—?!")]
    [InlineData("\uD800 \u0000 \uFFFF")]
    public void Without_words_there_is_nothing_to_find(string text)
    {
        Assert.Empty(Winnowing.PrintsOf(new ComparedText(text)));
        Assert.Empty(SharedWords.Between(new ComparedText(text), new ComparedText(text)));
        Assert.Empty(NotCounted.In(text, text, withoutQuotations: true));
    }

    [Fact]
    public void A_document_gives_its_paragraphs_and_one_that_unpacks_to_too_much_is_refused()
    {
        using var document = Zip("""
            <w:document xmlns:w="w"><w:body><w:p><w:r><w:t xml:space="preserve">One </w:t></w:r>
            <w:del><w:r><w:delText>gone</w:delText></w:r>
            </w:del><w:r><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>Three</w:t></w:r></w:p></w:body></w:document>
            """);
        Assert.Equal("One two\n\nThree", PackedText.Of(document, 1000));

        using var bomb = Zip($"<w:document xmlns:w=\"w\"><w:p>{new string(' ', 70 << 20)}</w:p></w:document>");
        Assert.True(bomb.Length < 1 << 20);
        Assert.Throws<UnreadableTextException>(() => PackedText.Of(bomb, 1000));
        using var entities = Zip("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>");
        Assert.Throws<UnreadableTextException>(() => PackedText.Of(entities, 1000));
        using var other = new MemoryStream("no ZIP at all"u8.ToArray());
        Assert.Throws<UnreadableTextException>(() => PackedText.Of(other, 1000));
    }

    [Fact]
    public void A_notebook_gives_what_a_person_wrote()
    {
        const string Notebook = """
            {"cells":[{"cell_type":"markdown","source":["# A\n","b"]},{"cell_type":"code","source":"x = 1","outputs":[{"text":"out"}]},3],
             "nbformat":4}
            """;
        Assert.Equal("# A\nb\n\nx = 1", NotebookText.Of(Notebook));
        Assert.Throws<UnreadableTextException>(() => NotebookText.Of("[]"));
        Assert.Throws<UnreadableTextException>(() => NotebookText.Of("{"));
        Assert.Throws<UnreadableTextException>(() => NotebookText.Of("""{"cells":[{"source":"\ud800"}]}"""));
    }

    private static string[] Words(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => $"w{random.Next(1_000_000_000)}")];

    private static ComparedText Text(string[] words) => new(string.Join(' ', words));

    private static MemoryStream Zip(string xml)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("word/document.xml").Open();
            entry.Write(Encoding.UTF8.GetBytes(xml));
        }

        stream.Position = 0;
        return stream;
    }
}
