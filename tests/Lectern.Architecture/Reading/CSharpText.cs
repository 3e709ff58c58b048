namespace Lectern.Architecture.Reading;

/// <summary>
/// C# split into code, strings and comments, well enough to measure methods and find SQL. Not a parser: it knows the forms of
/// literals and nothing else.
/// </summary>
internal sealed class CSharpText
{
    /// <summary>Stands in a string for an interpolated value.</summary>
    public const char Hole = '\u25a1';

    private readonly string source;
    private readonly char[] code;
    private readonly List<Literal> strings = [];
    private int at;

    public CSharpText(string text)
    {
        source = text;
        code = text.ToCharArray();
        while (at < source.Length) Step();
        Code = new string(code);
    }

    /// <summary>The source with every comment and the inside of every string blanked, so that positions and lines stay the same.</summary>
    public string Code { get; }

    /// <summary>Every string, with holes for what is interpolated. Strings inside holes stand for themselves.</summary>
    public IReadOnlyList<Literal> Strings => strings;

    public int LineOf(int position) => source.AsSpan(0, position).Count('\n') + 1;

    private char Look(int ahead = 0) => at + ahead < source.Length ? source[at + ahead] : '\0';

    private void Step()
    {
        switch (Look())
        {
            case '/' when Look(1) == '/':
                while (at < source.Length && Look() != '\n') Blank();
                break;
            case '/' when Look(1) == '*':
                while (at < source.Length && !(Look() == '*' && Look(1) == '/')) Blank();
                Blank();
                Blank();
                break;
            case '\'':
                Character();
                break;
            case '"' or '$' or '@' when StartsString(out var dollars, out var verbatim, out var quote):
                String(dollars, verbatim, quote);
                break;
            default:
                at++;
                break;
        }
    }

    private void Blank()
    {
        if (at < source.Length && source[at] is not '\n' and not '\r') code[at] = ' ';
        at++;
    }

    private void Character()
    {
        at++;
        while (at < source.Length && Look() is not '\'' and not '\n')
        {
            if (Look() == '\\') Blank();
            Blank();
        }

        at++;
    }

    private bool StartsString(out int dollars, out bool verbatim, out int quote)
    {
        (dollars, verbatim, quote) = (0, false, at);
        while (quote < source.Length && source[quote] is '$' or '@')
        {
            if (source[quote] == '$') dollars++;
            else verbatim = true;
            quote++;
        }

        return quote < source.Length && source[quote] == '"';
    }

    private void String(int dollars, bool verbatim, int quote)
    {
        var start = at;
        at = quote;
        var quotes = 0;
        while (Look() == '"')
        {
            quotes++;
            at++;
        }

        // Two quotes are an empty string; three or more open a raw one.
        if (quotes == 2)
        {
            strings.Add(new Literal(start, string.Empty));
            return;
        }

        var raw = quotes >= 3;
        var text = new System.Text.StringBuilder();
        while (at < source.Length && !Ends(raw ? quotes : 1, verbatim && !raw))
        {
            if (dollars > 0 && OpensHole(dollars, raw))
            {
                text.Append(Hole);
                InsideHole(raw ? dollars : 1);
                continue;
            }

            if (!raw && !verbatim && Look() == '\\') text.Append(TakeBlank());
            text.Append(TakeBlank());
        }

        at += raw ? quotes : 1;
        strings.Add(new Literal(start, text.ToString()));
    }

    private char TakeBlank()
    {
        var taken = Look();
        Blank();
        return taken;
    }

    private bool Ends(int quotes, bool doubled)
    {
        if (Look() != '"') return false;
        if (!doubled) return Enumerable.Range(0, quotes).All(ahead => Look(ahead) == '"');
        if (Look(1) != '"') return true;
        Blank();
        return false;
    }

    private bool OpensHole(int dollars, bool raw)
    {
        if (Look() != '{') return false;
        var braces = 0;
        while (Look(braces) == '{') braces++;
        if (raw) return braces >= dollars;
        if (braces % 2 == 1) return true;
        Blank();
        return false;
    }

    private void InsideHole(int braces)
    {
        for (var i = 0; i < braces; i++) Blank();
        var depth = 0;
        while (at < source.Length && !(depth == 0 && Look() == '}'))
        {
            if (Look() is '{' or '(' or '[') depth++;
            if (Look() is '}' or ')' or ']') depth--;
            Step();
        }

        for (var i = 0; i < braces; i++) Blank();
    }
}

/// <summary>The inside of a string and where it begins.</summary>
internal sealed record Literal(int Position, string Text);
