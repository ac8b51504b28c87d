using System.Text.RegularExpressions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>The words in which the tables of rules are written.</summary>
internal static class Rule
{
    public static readonly ValueRule Text = new TextRule();

    public static readonly ValueRule Flag = new FlagRule();

    /// <summary>Looked at by a reader of its own, or free.</summary>
    public static readonly ValueRule Anything = new FreeRule();

    /// <summary>A mapping with any keys.</summary>
    public static readonly ValueRule Mapping = new MapRule(Anything);

    /// <summary>An expression for a token, or for its audience.</summary>
    public static readonly ValueRule Expression = new ExpressionRule();

    /// <summary>A list of texts.</summary>
    public static readonly ListRule Texts = List(Text);

    /// <summary>A list of texts, or one text.</summary>
    public static readonly ListRule TextOrTexts = Texts with { TakesOne = true };

    /// <summary>A mapping from names to texts.</summary>
    public static readonly ValueRule TextMap = new MapRule(Text);

    /// <summary>A method of a route of API Gateway.</summary>
    public static readonly ValueRule Method = new WordRule([.. RouteMethods.All, "*"], IgnoreCase: true);

    public static ValueRule Whole(int least, int most) => new WholeRule(least, most);

    private static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>One of the words, separated by blanks.</summary>
    public static ValueRule Word(string words) => new WordRule(words.Split(' '), IgnoreCase: false);

    public static ListRule List(ValueRule item) => new(item);

    /// <summary>A list of so many entries.</summary>
    public static ListRule Between(this ListRule list, int least, int most) => list with { Least = least, Most = most };

    /// <summary>Text of so many characters.</summary>
    public static ValueRule Sized(int least, int most) => new FormRule(least, most, null, least == 0 ? $"text of at most {most} characters" : $"text of {least} to {most} characters");

    /// <summary>Text of a form.</summary>
    /// <param name="pattern">Of the whole text.</param>
    /// <param name="allowed">The rule in words, behind "allowed is".</param>
    /// <param name="most">Characters.</param>
    public static ValueRule Like(string pattern, string allowed, int most = int.MaxValue) => new FormRule(0, most, Whole(pattern), allowed);

    /// <summary>A mapping whose names have a form.</summary>
    public static ValueRule Named(string pattern, string allowed, ValueRule value) => new NamedMapRule(Whole(pattern), allowed, value);

    public static ValueRule Map(ValueRule value) => new MapRule(value);

    /// <summary>Text, or what the other rule says.</summary>
    public static ValueRule TextOr(ValueRule other) => new TextOrRule(other);

    /// <summary>A mapping with these keys.</summary>
    public static ObjectRule Of(params (string Key, ValueRule Rule)[] keys) => new(keys.ToDictionary(k => k.Key, k => k.Rule, StringComparer.Ordinal));

    /// <summary>Text that must be there: another one takes its place when it is wrong.</summary>
    public static ValueRule Needed(this ValueRule rule, string instead) => rule with { Instead = new YamlScalar(instead) };
}
