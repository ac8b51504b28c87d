using System.Text.RegularExpressions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>The vocabulary for the tables of rules.</summary>
internal static class Rule
{
    public static readonly ValueRule Text = new TextRule();

    public static readonly ValueRule Flag = new FlagRule();

    /// <summary>Any value, or one that another reader checks.</summary>
    public static readonly ValueRule Anything = new FreeRule();

    /// <summary>A mapping with any keys.</summary>
    public static readonly ValueRule Mapping = new MapRule(Anything);

    /// <summary>A validation expression for a token or its audience.</summary>
    public static readonly ValueRule Expression = new ExpressionRule();

    /// <summary>A list of text.</summary>
    public static readonly ListRule Texts = List(Text);

    /// <summary>A list of text, or one text.</summary>
    public static readonly ListRule TextOrTexts = Texts with { TakesOne = true };

    /// <summary>A mapping from names to text.</summary>
    public static readonly ValueRule TextMap = new MapRule(Text);

    /// <summary>The method of a route of API Gateway.</summary>
    public static readonly ValueRule Method = new WordRule(RouteMethods.All, IgnoreCase: true);

    public static ValueRule Whole(int min, int max) => new WholeRule(min, max);

    private static Regex Whole(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>One of the words, separated by blanks.</summary>
    public static ValueRule Word(string words) => new WordRule(words.Split(' '), IgnoreCase: false);

    public static ListRule List(ValueRule item) => new(item);

    /// <summary>A list with a given number of entries.</summary>
    public static ListRule Between(this ListRule list, int min, int max) => list with { Min = min, Max = max };

    /// <summary>Text with a given number of characters.</summary>
    public static ValueRule Sized(int min, int max) => new FormRule(
        min, max, null, min == 0 ? $"text of at most {max} characters" : $"text of {min} to {max} characters");

    /// <summary>Text with a given form.</summary>
    /// <param name="pattern">A pattern for the whole text.</param>
    /// <param name="allowed">The rule in words, after "allowed:".</param>
    /// <param name="max">The maximum number of characters.</param>
    public static ValueRule Like(string pattern, string allowed, int max = int.MaxValue) =>
        new FormRule(0, max, Whole(pattern), allowed);

    /// <summary>A mapping whose names have a form.</summary>
    public static ValueRule Named(string pattern, string allowed, ValueRule value) =>
        new NamedMapRule(Whole(pattern), allowed, value);

    public static ValueRule Map(ValueRule value) => new MapRule(value);

    /// <summary>Text, or a value of the other rule.</summary>
    public static ValueRule TextOr(ValueRule other) => new TextOrRule(other);

    /// <summary>A mapping with these keys.</summary>
    public static ObjectRule Of(params (string Key, ValueRule Rule)[] keys) =>
        new(keys.ToDictionary(k => k.Key, k => k.Rule, StringComparer.Ordinal));

    /// <summary>Text that is needed; an invalid value is replaced.</summary>
    public static ValueRule Needed(this ValueRule rule, string instead) =>
        rule with { Instead = new YamlScalar(instead) };
}
