using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Limits;

/// <summary>YAML merge keys, as <c>sam</c> and the AWS CLI read them.</summary>
internal sealed class MergeKeyTests
{
    private const string Base = """
        Metadata:
          Common: &common
            CodeUri: src
            Handler: app.handler
            Runtime: python3.12
            Timeout: 7
          Memory: &memory { MemorySize: 512, Timeout: 9 }
        Resources:

        """;

    [Test]
    [Arguments("{ <<: *common }", 7, null)]
    [Arguments("{ <<: *common, Timeout: 3 }", 3, null)]
    [Arguments("{ Timeout: 3, <<: *common }", 3, null)]
    [Arguments("{ <<: [*common, *memory] }", 7, 512)]
    [Arguments("{ <<: [*memory, *common] }", 9, 512)]
    [Arguments("{ <<: [*memory, { Timeout: 1, CodeUri: s, Handler: a.b, Runtime: python3.13 }] }", 9, 512)]
    public async Task A_mapping_gets_what_it_merges_and_its_own_entries_take_precedence(
        string properties,
        int timeout,
        int? memory)
    {
        var function = Templates.Read($"{Base}  F: {{ Type: AWS::Serverless::Function, Properties: {properties} }}\n")
            .Functions.Single();
        await Assert.That((function.Timeout, function.MemorySize)).IsEqualTo((timeout, memory));
    }

    [Test]
    public async Task An_error_in_a_merged_entry_is_reported_where_it_was_written() =>
        await Assert.That(Templates.Message(Base.Replace("Timeout: 7", "Timeout: 7000", StringComparison.Ordinal)
            + "  F: { Type: AWS::Serverless::Function, Properties: { <<: *common } }\n"))
            .StartsWith("t.yaml:6:14: error: F: 'Timeout' is '7000'");

    [Test]
    [Arguments("text")]
    [Arguments("[*common, text]")]
    [Arguments("[[*common]]")]
    public async Task A_value_that_cannot_be_merged_is_an_error(string value) =>
        await Assert.That(Templates.Message(
            $"{Base}  F: {{ Type: AWS::Serverless::Function, Properties: {{ <<: {value} }} }}\n"))
            .Contains("error: '<<' must be a mapping or a list of mappings");

    [Test]
    public async Task In_quotes_the_merge_key_is_a_key_like_any_other() =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages($"{Base}  F: {{ Type: AWS::Serverless::Function, Properties: {{ '<<': *common }} }}\n")))
            .Contains("unknown property '<<'");

    [Test]
    public async Task Includes_and_definitions_merge_as_well()
    {
        using var project = new Project(
            ("template.yaml",
                "Resources: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: more.yaml } } }"),
            ("more.yaml", "F: { Type: AWS::Serverless::Function, Metadata: { C: &c { CodeUri: src, Handler: a.b, "
                + "Runtime: python3.12 } }, Properties: { <<: *c, Timeout: 5 } }"));
        await Assert.That(project.Read().Functions.Single().Timeout).IsEqualTo(5);
    }

    [Test]
    public async Task Merges_that_multiply_are_refused_before_they_fill_the_memory()
    {
        var text = "a0: &a0 { " + string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: v")) + " }\n";
        for (var i = 1; i < 12; i++)
            text += $"a{i}: &a{i} {{ "
                + $"{string.Join(", ", Enumerable.Range(0, 10).Select(k => $"m{k}: {{ <<: *a{i - 1} }}"))} }}\n";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostics = new DiagnosticBag();
        await Assert.That(SamTemplate.Read(text, "t.yaml", new SamOptions(), diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().Code).IsEqualTo(DiagnosticCodes.YamlLimit);
        await Assert.That(GC.GetAllocatedBytesForCurrentThread() - before).IsLessThan(1L << 30);
    }
}
