using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Resolving;

/// <summary>Each intrinsic function in both of its spellings.</summary>
internal sealed class IntrinsicTests
{
    private const string Sections = """
        Parameters:
          Stage: { Type: String, Default: prod }
          Zones: { Type: CommaDelimitedList, Default: "a, b,c" }
          Size: { Type: Number, Default: 512 }
        Mappings:
          Sizes: { prod: { Memory: 1024, Names: [x, y] }, dev: { Memory: 128, Names: [] } }
        Conditions:
          IsProd: !Equals [!Ref Stage, prod]
          IsBig: !And [!Condition IsProd, !Equals [!Ref Size, 512]]
          IsDev: !Not [!Condition IsProd]
          Either: !Or [!Condition IsDev, !Condition IsBig]
        """;

    [Test]
    [Arguments("!Ref Stage", "{ Ref: Stage }", "prod")]
    [Arguments("!Ref Size", "{ Ref: Size }", "512")]
    [Arguments("!Ref Named", "{ Ref: Named }", "orders")]
    [Arguments("!Ref OrdersTable", "{ Ref: OrdersTable }", "OrdersTable")]
    [Arguments("!Ref PhotoBucket", "{ Ref: PhotoBucket }", "photo-bucket")]
    [Arguments("!Ref Other", "{ Ref: Other }", "other-one")]
    [Arguments(
        "!GetAtt Other.Arn",
        "{ 'Fn::GetAtt': [Other, Arn] }",
        "arn:aws:lambda:us-east-1:000000000000:function:other-one")]
    [Arguments(
        "!GetAtt [Other, Arn]",
        "{ 'Fn::GetAtt': Other.Arn }",
        "arn:aws:lambda:us-east-1:000000000000:function:other-one")]
    [Arguments(
        "!GetAtt Named.Arn", "{ 'Fn::GetAtt': [Named, Arn] }", "arn:aws:dynamodb:us-east-1:000000000000:table/orders")]
    [Arguments("!GetAtt PhotoBucket.Arn", "{ 'Fn::GetAtt': [PhotoBucket, Arn] }", "arn:aws:s3:::photo-bucket")]
    [Arguments(
        "!Sub '${Stage}-${Named}-${Other.Arn}'",
        "{ 'Fn::Sub': '${Stage}-${Named}-${Other.Arn}' }",
        "prod-orders-arn:aws:lambda:us-east-1:000000000000:function:other-one")]
    [Arguments(
        "!Sub ['${a}/${Stage}/${!b}', { a: !Ref Size }]",
        "{ 'Fn::Sub': ['${a}/${Stage}/${!b}', { a: { Ref: Size } }] }",
        "512/prod/${b}")]
    [Arguments("!Join ['-', [a, !Ref Stage, b]]", "{ 'Fn::Join': ['-', [a, { Ref: Stage }, b]] }", "a-prod-b")]
    [Arguments("!Join ['+', !Ref Zones]", "{ 'Fn::Join': ['+', { Ref: Zones }] }", "a+b+c")]
    [Arguments("!Select [1, !Ref Zones]", "{ 'Fn::Select': ['1', { Ref: Zones }] }", "b")]
    [Arguments("!Select [2, !Split ['|', 'x|y|z']]", "{ 'Fn::Select': [2, { 'Fn::Split': ['|', 'x|y|z'] }] }", "z")]
    [Arguments(
        "!FindInMap [Sizes, !Ref Stage, Memory]", "{ 'Fn::FindInMap': [Sizes, { Ref: Stage }, Memory] }", "1024")]
    [Arguments(
        "!FindInMap [Sizes, none, Memory, { DefaultValue: !Ref Size }]",
        "{ 'Fn::FindInMap': [Sizes, none, Memory, { DefaultValue: { Ref: Size } }] }",
        "512")]
    [Arguments(
        "!Join [',', !FindInMap [Sizes, prod, Names]]",
        "{ 'Fn::Join': [',', { 'Fn::FindInMap': [Sizes, prod, Names] }] }",
        "x,y")]
    [Arguments("!If [IsProd, yes, !Ref Size]", "{ 'Fn::If': [IsProd, yes, { Ref: Size }] }", "true")]
    [Arguments("!If [IsDev, yes, !Ref Size]", "{ 'Fn::If': [IsDev, yes, { Ref: Size }] }", "512")]
    [Arguments("!If [IsBig, 'yes', no]", "{ 'Fn::If': [Either, 'yes', no] }", "yes")]
    [Arguments("!Base64 hi", "{ 'Fn::Base64': hi }", "aGk=")]
    [Arguments("!Length [a, b, !Ref Stage]", "{ 'Fn::Length': [a, b, { Ref: Stage }] }", "3")]
    [Arguments(
        "!ToJsonString { a: [1, true, !Ref Stage, '7'] }",
        "{ 'Fn::ToJsonString': { a: [1, true, { Ref: Stage }, '7'] } }",
        """{"a":[1,true,"prod","7"]}""")]
    [Arguments(
        "!Join ['', [!Select [0, !GetAZs '']]]",
        "{ 'Fn::Join': ['', [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]] }",
        "us-east-1a")]
    [Arguments(
        "!Sub '${AWS::StackName} ${AWS::Partition} ${AWS::URLSuffix}'",
        "{ 'Fn::Join': [' ', [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }]] }",
        "esb aws amazonaws.com")]
    [Arguments(
        "!Join ['|', !Cidr [10.0.0.0/16, 2, 8]]",
        "{ 'Fn::Join': ['|', { 'Fn::Cidr': [10.0.0.0/16, 2, 8] }] }",
        "10.0.0.0/24|10.0.1.0/24")]
    public async Task An_intrinsic_function_means_the_same_in_both_of_its_spellings(
        string shortForm,
        string longForm,
        string expected)
    {
        await Assert.That(Templates.Value(shortForm, Sections)).IsEqualTo(expected);
        await Assert.That(Templates.Value(longForm, Sections)).IsEqualTo(expected);
    }

    [Test]
    [Arguments(
        "!And [!Condition Yes, !Equals [a, a]]",
        "{ 'Fn::And': [{ Condition: Yes }, { 'Fn::Equals': [a, a] }] }",
        "then")]
    [Arguments(
        "!And [!Condition Yes, !Condition No]", "{ 'Fn::And': [{ Condition: Yes }, { Condition: No }] }", "else")]
    [Arguments("!Or [!Condition No, !Condition Yes]", "{ 'Fn::Or': [{ Condition: No }, { Condition: Yes }] }", "then")]
    [Arguments("!Or [!Condition No, !Condition No]", "{ 'Fn::Or': [{ Condition: No }, { Condition: No }] }", "else")]
    [Arguments("!Not [!Condition No]", "{ 'Fn::Not': [{ Condition: No }] }", "then")]
    [Arguments(
        "!Equals [!Ref 'AWS::Region', us-east-1]", "{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, us-east-1] }", "then")]
    public async Task A_condition_is_true_or_false_in_both_of_its_spellings(
        string shortForm,
        string longForm,
        string expected)
    {
        foreach (var form in (string[])[shortForm, longForm])
            await Assert.That(Templates.Value(
                "!If [Asked, then, else]",
                $"Conditions: {{ Yes: !Equals [a, a], No: !Equals [a, b], Asked: {form} }}")).IsEqualTo(expected);
    }

    [Test]
    [Arguments(
        "AWS::Lambda::Alias",
        "Name: live, FunctionVersion: '1'",
        "!Ref Named",
        "arn:aws:lambda:us-east-1:000000000000:function:other-one:live")]
    [Arguments(
        "AWS::Lambda::Version",
        "Description: d",
        "{ Ref: Named }",
        "arn:aws:lambda:us-east-1:000000000000:function:other-one")]
    [Arguments(
        "AWS::Lambda::Alias",
        "Name: live, FunctionVersion: '1'",
        "!Sub '${Named}'",
        "arn:aws:lambda:us-east-1:000000000000:function:other-one:live")]
    public async Task A_reference_to_an_alias_or_a_version_is_the_arn_of_its_function(
        string type,
        string property,
        string expression,
        string expected)
    {
        var text = Templates.Variable(expression).Replace(
            "  Named: { Type: AWS::DynamoDB::Table",
            $"  Named: {{ Type: {type}, Properties: {{ FunctionName: !Ref Other, {property} }} }}\n  Table: {{ "
                + "Type: AWS::DynamoDB::Table",
            StringComparison.Ordinal);
        await Assert.That(Templates.Function(text).Environment["V"]).IsEqualTo(expected);
    }

    [Test]
    public async Task Region_and_stack_name_are_what_the_options_say()
    {
        var options = new SamOptions { Region = "eu-central-1", StackName = "shop" };
        await Assert.That(Templates.Value("!Sub '${AWS::Region}/${AWS::StackName}'", "", options))
            .IsEqualTo("eu-central-1/shop");
    }

    [Test]
    public async Task A_property_that_is_NoValue_counts_as_absent()
    {
        var sections = "Conditions: { Never: !Equals [a, b] }";
        var function = Templates.Function(Templates.FunctionWith(
            "Timeout: !If [Never, 30, !Ref 'AWS::NoValue'], MemorySize: !If [Never, 1, 256]", sections));
        await Assert.That(function.Timeout).IsNull();
        await Assert.That(function.MemorySize).IsEqualTo(256);
    }

    [Test]
    [Arguments("!Ref Stgae", "there is no parameter or resource 'Stgae'; did you mean 'Stage'?")]
    [Arguments("!Sub '${Sizze}'", "there is no parameter or resource 'Sizze'; did you mean 'Size'?")]
    [Arguments("!GetAtt Othr.Arn", "there is no resource 'Othr'; did you mean 'Other'?")]
    [Arguments("!GetAtt Other", "Fn::GetAtt needs a resource and an attribute; for example !GetAtt OrdersFunction.Arn")]
    [Arguments("!If [IsPrd, a, b]", "there is no condition 'IsPrd'; did you mean 'IsProd'?")]
    [Arguments("!If [IsProd, a]", "Fn::If needs the name of a condition and two values")]
    [Arguments("!Select [7, [a, b]]", "Fn::Select asks for item 7 of 2")]
    [Arguments("!Select [x, [a, b]]", "Fn::Select needs a number and a list")]
    [Arguments("!Join [a]", "Fn::Join needs a separator and a list")]
    [Arguments("!Split ['', abc]", "Fn::Split needs a separator and text")]
    [Arguments("!Sub [a]", "Fn::Sub needs text, or a list of text and a mapping")]
    [Arguments("!Length 7", "Fn::Length needs a list")]
    [Arguments("!FindInMap [Sizes, prod]", "Fn::FindInMap needs a map and two keys")]
    [Arguments("!FindInMap [Sizes, none, Memory]", "Mappings has no Sizes.none.Memory")]
    [Arguments("!Cidr [10.0.0.0/16]", "Fn::Cidr needs")]
    [Arguments("!Base64 [a]", "Fn::Base64 must be text, but is a list")]
    [Arguments("!Ref [a]", "Ref must be text, but is a list")]
    [Arguments(
        "{ 'Fn::Jion': ['', [a]] }", "Fn::Jion is not a function that can be used here; did you mean 'Fn::Join'?")]
    [Arguments("!Subb x", "the tag '!Subb' is unknown; did you mean 'Sub'?")]
    public async Task A_wrong_call_of_a_function_is_an_error_with_its_place_and_the_remedy(
        string expression,
        string message)
    {
        var said = Templates.Messages(Templates.Variable(expression, Sections));
        await Assert.That(said[0]).Contains(message);
        await Assert.That(said[0]).Matches(@"^t\.yaml:\d+:\d+: error: ");
    }

    [Test]
    [Arguments("!And text", "Fn::And needs a list of 2 to 10 conditions")]
    [Arguments("!Or []", "Fn::Or needs a list of 2 to 10 conditions, but has 0")]
    [Arguments("!Not x", "Fn::Not needs a list of one condition")]
    [Arguments("!Equals [a]", "Fn::Equals needs two values")]
    public async Task A_wrong_condition_is_an_error_with_its_place(string condition, string message)
    {
        var said = Templates.Messages(Templates.Variable("!If [Asked, a, b]", $"Conditions: {{ Asked: {condition} }}"));
        await Assert.That(said[0]).Contains(message);
        await Assert.That(said[0]).StartsWith("t.yaml:1:");
    }

    [Test]
    public async Task Conditions_that_depend_on_each_other_are_an_error_instead_of_an_endless_loop()
    {
        var said = Templates.Messages(Templates.Variable(
            "!If [A, x, y]", "Conditions: { A: !Not [!Condition B], B: !Not [!Condition A] }"));
        await Assert.That(said.Count(m => m.Contains("depends on itself", StringComparison.Ordinal))).IsEqualTo(1);
    }

    [Test]
    public async Task Names_that_depend_on_each_other_are_an_error_instead_of_an_endless_loop()
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::Function, Properties: { FunctionName: !Ref B, {{Templates.Code}} } }
              B: { Type: AWS::Serverless::Function, Properties: { FunctionName: !Sub '${A}-b', {{Templates.Code}} } }
            """;
        await Assert.That(Templates.Messages(text))
            .Contains(m => m.Contains("depends on itself", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_resource_whose_condition_is_false_is_not_created()
    {
        var text = $$"""
            Conditions: { Never: !Equals [a, b] }
            Resources:
              A: { Type: AWS::Serverless::Function, Condition: Never, Properties: { {{Templates.Code}} } }
              B: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
            """;
        await Assert.That(Templates.Read(text).Functions.Select(f => f.Name)).IsEquivalentTo(["B"]);
    }

    [Test]
    public async Task An_attribute_that_is_unknown_here_is_a_warning_and_a_text_that_says_so()
    {
        var diagnostics = new DiagnosticBag();
        var template = SamTemplate.Read(
            Templates.Variable("!GetAtt Other.SnapStartResponse"), "t.yaml", new SamOptions(), diagnostics);
        await Assert.That(template!.Functions.Single(f => f.Name == "F").Environment["V"])
            .IsEqualTo("Other.SnapStartResponse");
        await Assert.That(diagnostics.Single().Severity).IsEqualTo(Severity.Warning);
    }
}
