using Esb.Tables.Expressions;
using Esb.Tables.Tests.Values;

namespace Esb.Tables.Tests.Expressions;

public sealed class ProjectionTests
{
    private const string Item = """
        {"a": {"M": {"b": {"L": [{"S": "0"}, {"S": "1"}, {"M": {"c": {"S": "2"}, "d": {"S": "3"}}}]}, "e": {"S": "4"}}},
         "f": {"N": "5"}, "g.h": {"S": "6"}}
        """;

    [Test]
    [Arguments("f", """{"f": {"N": "5"}}""")]
    [Arguments("f, gone", """{"f": {"N": "5"}}""")]
    [Arguments("gone", """{}""")]
    [Arguments("a.e, f", """{"a": {"M": {"e": {"S": "4"}}}, "f": {"N": "5"}}""")]
    [Arguments("a.b[2].c, a.b[0]", """{"a": {"M": {"b": {"L": [{"S": "0"}, {"M": {"c": {"S": "2"}}}]}}}}""")]
    [Arguments("a.b[9], a.x, f.y, a.e[0]", """{}""")]
    [Arguments("#g", """{"g.h": {"S": "6"}}""")]
    public async Task The_parts_that_are_asked_for_are_returned(string text, string parts)
    {
        var projection = ProjectionParser.Parse(text, Parsed.Names("""{"#g": "g.h"}"""));
        await Assert.That(projection.Apply(Wire.Item(Item))).IsEqualTo(Wire.Item(parts));
    }

    [Test]
    [Arguments("", "The expression can not be empty;")]
    [Arguments("a,,b", "Syntax error; token: \",\", near: \",,b\"")]
    [Arguments("a,", "Syntax error; token: \"<EOF>\", near: \",\"")]
    [Arguments("(a)", "Syntax error; token: \"(\", near: \"(a\"")]
    [Arguments(":a", "Syntax error; token: \":a\", near: \":a\"")]
    [Arguments("f(a)", "Syntax error; token: \"(\", near: \"f(a\"")]
    [Arguments("#x, a.abORt", "Attribute name is a reserved keyword; reserved keyword: abORt")]
    [Arguments("a, a, #x", "An expression attribute name used in the document path is not defined; attribute name: #x")]
    [Arguments("b[1], b.a, #a.b, a", "Two document paths overlap with each other; must remove or rewrite one of these "
        + "paths; path one: [a, b], path two: [a]")]
    [Arguments("a.b[1], #a[1]", "Two document paths conflict with each other; must remove or rewrite one of these "
        + "paths; path one: [a, b, [1]], path two: [a, [1]]")]
    public async Task What_is_wrong_is_told_in_the_words_of_the_service(string text, string problem)
    {
        var told = Parsed.Problem(() => ProjectionParser.Parse(text, Parsed.Names("""{"#a": "a"}""")));
        await Assert.That(told).IsEqualTo("Invalid ProjectionExpression: " + problem);
    }

    [Test]
    public async Task Attributes_of_the_legacy_parameter_are_whole_names_and_each_stands_once()
    {
        await Assert.That(Projection.OfAttributes(["g.h", "gone"]).Apply(Wire.Item(Item)))
            .IsEqualTo(Wire.Item("""{"g.h": {"S": "6"}}"""));
        await Assert.That(Parsed.Problem(() => Projection.OfAttributes(["a", "b", "a"]))).IsEqualTo(
            "One or more parameter values were invalid: Duplicate value in attribute name: a");
    }
}
