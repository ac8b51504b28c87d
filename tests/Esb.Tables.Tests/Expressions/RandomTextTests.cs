using CsCheck;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;

namespace Esb.Tables.Tests.Expressions;

/// <summary>Whatever a client writes is an expression or its error, never one of the program.</summary>
public sealed class RandomTextTests
{
    private const string Names = """{"#a": "a"}""";

    private const string Values = """{":s": {"S": "x"}, ":n": {"N": "1"}, ":l": {"L": []}, ":ss": {"SS": ["x"]}}""";

    private static readonly string[] Words =
    [
        "a", "b.c", "#a", "#b", ":s", ":n", ":l", ":ss", ":x", "(", ")", "[", "]", "0", "1", ".", ",", "=", "<>", "<",
        ">=", "+", "-", "AND", "or", "NOT", "IN", "BETWEEN", "size(", "attribute_exists(", "attribute_type(",
        "contains(", "begins_with(", "if_not_exists(", "list_append(", "SET", "REMOVE", "ADD", "DELETE", "status",
        "!", "\U0001F600",
    ];

    private static readonly Gen<string> Texts =
        Gen.Int[0, Words.Length - 1].Array[0, 12].Select(at => string.Join(' ', at.Select(word => Words[word])));

    [Test]
    public void A_condition_is_one_or_an_error() => Texts.Sample(text => IsHandled(
        () => ConditionParser.Parse(text, "ConditionExpression", Parsed.Names(Names, Values))));

    [Test]
    public void An_update_is_one_or_an_error() => Texts.Sample(text => IsHandled(
        () => UpdateParser.Parse("SET a = " + text, Parsed.Names(Names, Values))));

    [Test]
    public void A_key_condition_is_one_or_an_error() => Texts.Sample(text => IsHandled(
        () => KeyConditionParser.Parse(text, Parsed.Names(Names, Values)).RequireComparisons()));

    [Test]
    public void A_projection_is_one_or_an_error() => Texts.Sample(text => IsHandled(
        () => ProjectionParser.Parse(text, Parsed.Names(Names, Values))));

    private static bool IsHandled(Action parse)
    {
        try
        {
            parse();
        }
        catch (TableException)
        {
            // What the client is told.
        }
        return true;
    }
}
