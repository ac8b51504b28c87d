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

    /// <summary>A list of texts, or one text.</summary>
    public static readonly ValueRule Texts = List(Text);

    /// <summary>A mapping from names to texts.</summary>
    public static readonly ValueRule TextMap = new MapRule(Text);

    /// <summary>A method of a route of API Gateway.</summary>
    public static readonly ValueRule Method = new WordRule([.. RouteMethods.All, "*"], IgnoreCase: true);

    public static ValueRule Whole(int least, int most) => new WholeRule(least, most);

    /// <summary>One of the words, separated by blanks.</summary>
    public static ValueRule Word(string words) => new WordRule(words.Split(' '), IgnoreCase: false);

    public static ValueRule List(ValueRule item) => new ListRule(item);

    public static ValueRule Map(ValueRule value) => new MapRule(value);

    /// <summary>Text, or what the other rule says.</summary>
    public static ValueRule TextOr(ValueRule other) => new TextOrRule(other);

    /// <summary>A mapping with these keys.</summary>
    public static ObjectRule Of(params (string Key, ValueRule Rule)[] keys) => new(keys.ToDictionary(k => k.Key, k => k.Rule, StringComparer.Ordinal));

    /// <summary>Text that must be there: another one takes its place when it is wrong.</summary>
    public static ValueRule Needed(this ValueRule rule, string instead) => rule with { Instead = new YamlScalar(instead) };
}
