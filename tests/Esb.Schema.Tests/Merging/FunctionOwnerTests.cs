using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

/// <summary>The owners of the functions that an application means, as a deploy records them.</summary>
internal sealed class FunctionOwnerTests
{
    private const string Existing =
        "functions:\n  of-b: {code: /b, application: b}\n  nobodys: {code: /n}\n  before: {code: /x, application: b}\n";

    [Test]
    [Arguments("own", null)]
    [Arguments("nobodys", null)]
    [Arguments("before", null)]
    [Arguments("of-b", "b")]
    [Arguments("not-yet", "*")]
    public async Task A_route_an_authorizer_and_a_destination_name_the_owner_of_a_foreign_function(
        string function,
        string? meant)
    {
        var (_, functions, routing) = FunctionOwners.OfDeploy(
            Documents.Parse(Existing),
            Of(Documents.Parse($"functions:\n  own: {{code: /o, application: a, async: {{on_failure: {{function: "
                + $"{function}}}}}}}\n  before: {{code: /y, application: a}}\n"),
            Documents.Parse($"routes:\n  - {{path: /r, function: {function}, application: a, authorizer: {{type: "
                + $"lambda, function: {function}}}}}\n")));
        var route = (YamlMapping)((YamlSequence)routing["routes"]!).Items[0];
        var own = (YamlMapping)((YamlMapping)functions["functions"]!)["own"]!;
        var destination = (YamlMapping)((YamlMapping)own["async"]!)["on_failure"]!;
        foreach (var named in (YamlMapping[])[route, (YamlMapping)route["authorizer"]!, destination])
            await Assert.That((named["function_application"] as YamlScalar)?.Value).IsEqualTo(meant);
    }

    [Test]
    [Arguments("own", null)]
    [Arguments("of-b", "b")]
    [Arguments("both", null)]
    [Arguments("nowhere", null)]
    public async Task A_template_means_its_own_function_even_if_another_template_of_the_deploy_has_the_name_too(
        string function,
        string? meant)
    {
        var (_, _, routing) = FunctionOwners.OfTemplate(
            Documents.Parse("functions:\n  own: {code: /o, application: a}\n  of-b: {code: /b, application: "
                + "b}\n  both: {code: /b, application: b}\n"),
            Of(Documents.Parse("functions:\n  own: {code: /o, application: a}\n  both: {code: /a, application: a}\n"),
            Documents.Parse(
                $"routes:\n  - {{path: /r, function: {function}, application: a, function_application: old}}\n")));
        await Assert.That(
            (((YamlMapping)((YamlSequence)routing["routes"]!).Items[0])["function_application"] as YamlScalar)?.Value)
            .IsEqualTo(meant);
    }

    [Test]
    public async Task An_entry_without_an_application_stays_as_it_is()
    {
        var written = Documents.Parse(
            "routes:\n  - {path: /r, function: of-b}\n  - {path: /s, mock: {}, application: a}\n");
        await Assert.That(FunctionOwners.OfDeploy(Documents.Parse(Existing), Of(YamlMapping.Empty, written)).Routing)
            .IsSameReferenceAs(written);
    }

    private static ConfigurationDocuments Of(YamlMapping functions, YamlMapping routing) =>
        new(YamlMapping.Empty, functions, routing);
}
