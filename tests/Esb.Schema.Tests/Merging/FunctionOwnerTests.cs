using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

/// <summary>Whose functions an application means, as a deploy notes it.</summary>
internal sealed class FunctionOwnerTests
{
    private const string Existing = "functions:\n  of-b: {code: /b, application: b}\n  nobodys: {code: /n}\n  before: {code: /x, application: b}\n";

    [Test]
    [Arguments("own", null)]
    [Arguments("nobodys", null)]
    [Arguments("before", null)]
    [Arguments("of-b", "b")]
    [Arguments("not-yet", "*")]
    public async Task A_route_its_authorizer_and_a_destination_say_whose_function_they_mean_where_it_is_not_their_own(string function, string? meant)
    {
        var (_, functions, routing) = FunctionOwners.OfDeploy(
            Documents.Parse(Existing),
            Of(Documents.Parse($"functions:\n  own: {{code: /o, application: a, async: {{on_failure: {{function: {function}}}}}}}\n  before: {{code: /y, application: a}}\n"),
            Documents.Parse($"routes:\n  - {{path: /r, function: {function}, application: a, authorizer: {{type: lambda, function: {function}}}}}\n")));
        var route = (YamlMapping)((YamlSequence)routing["routes"]!).Items[0];
        var destination = (YamlMapping)((YamlMapping)((YamlMapping)((YamlMapping)functions["functions"]!)["own"]!)["async"]!)["on_failure"]!;
        foreach (var named in (YamlMapping[])[route, (YamlMapping)route["authorizer"]!, destination])
            await Assert.That((named["function_application"] as YamlScalar)?.Value).IsEqualTo(meant);
    }

    [Test]
    [Arguments("own", null)]
    [Arguments("of-b", "b")]
    [Arguments("both", null)]
    [Arguments("nowhere", null)]
    public async Task A_template_means_its_own_function_also_where_another_one_that_is_read_with_it_brings_it_too(string function, string? meant)
    {
        var (_, _, routing) = FunctionOwners.OfTemplate(
            Documents.Parse("functions:\n  own: {code: /o, application: a}\n  of-b: {code: /b, application: b}\n  both: {code: /b, application: b}\n"),
            Of(Documents.Parse("functions:\n  own: {code: /o, application: a}\n  both: {code: /a, application: a}\n"),
            Documents.Parse($"routes:\n  - {{path: /r, function: {function}, application: a, function_application: old}}\n")));
        await Assert.That((((YamlMapping)((YamlSequence)routing["routes"]!).Items[0])["function_application"] as YamlScalar)?.Value).IsEqualTo(meant);
    }

    [Test]
    public async Task What_says_no_application_is_left_as_it_is()
    {
        var written = Documents.Parse("routes:\n  - {path: /r, function: of-b}\n  - {path: /s, mock: {}, application: a}\n");
        await Assert.That(FunctionOwners.OfDeploy(Documents.Parse(Existing), Of(YamlMapping.Empty, written)).Routing).IsSameReferenceAs(written);
    }

    private static ConfigurationDocuments Of(YamlMapping functions, YamlMapping routing) => new(YamlMapping.Empty, functions, routing);
}
