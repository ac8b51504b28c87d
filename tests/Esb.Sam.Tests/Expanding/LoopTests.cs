using Esb.Sam.Expanding;

namespace Esb.Sam.Tests.Expanding;

internal sealed class LoopTests
{
    [Test]
    public async Task A_loop_over_resources_makes_one_resource_for_each_value()
    {
        var template = Templates.Read($$"""
            Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
            Parameters: { Names: { Type: CommaDelimitedList, Default: "orders,receipts" } }
            Resources:
              Fn::ForEach::Functions:
                - Name
                - !Ref Names
                - '${Name}Function':
                    Type: AWS::Serverless::Function
                    Properties: { {{Templates.Code}}, FunctionName: !Sub '${Name}-api',
                        Environment: { Variables: { TABLE: !Ref Name, KEY: '${Name}' } } }
            """);
        await Assert.That(string.Join(
            ' ',
            template.Functions.Select(f => $"{f.LogicalId}={f.Name}={f.Environment["TABLE"]}={f.Environment["KEY"]}")))
            .IsEqualTo("ordersFunction=orders-api=orders=orders receiptsFunction=receipts-api=receipts=receipts");
    }

    [Test]
    public async Task Loops_may_be_in_loops_and_in_properties_and_conditions()
    {
        var template = Templates.Read($$"""
            Conditions:
              Fn::ForEach::C: [X, [A, B], { 'Is${X}': !Equals ['${X}', A] }]
            Resources:
              Fn::ForEach::Outer:
                - A
                - [x, y]
                - Fn::ForEach::Inner:
                    - B
                    - ['1-0', '2-0']
                    - 'F${A}&{B}':
                        Type: AWS::Serverless::Function
                        Condition: IsA
                        Properties:
                          {{Templates.Code.Replace(", ", "\n              ", StringComparison.Ordinal)}}
                          Environment: { Variables: { 'Fn::ForEach::V': [N, [P, Q], { 'VAR_${N}': '${A}${B}${N}' }] } }
              G: { Type: AWS::Serverless::Function, Condition: IsB, Properties: { {{Templates.Code}} } }
            """);
        await Assert.That(string.Join(' ', template.Functions.Select(f => f.Name))).IsEqualTo("Fx10 Fx20 Fy10 Fy20");
        await Assert.That(template.Functions[1].Environment["VAR_Q"]).IsEqualTo("x2-0Q");
    }

    [Test]
    [Arguments("[N, [a, b], { Same: { Type: AWS::S3::Bucket } }]", "creates 'Same' a second time")]
    [Arguments("[N, text, { 'B${N}': { Type: AWS::S3::Bucket } }]", "its collection is not a list")]
    [Arguments("[N, [a]]", "needs an identifier, a list and a mapping")]
    public async Task A_loop_that_cannot_be_expanded_is_an_error(string loop, string message) =>
        await Assert.That(Templates.Messages($"Resources: {{ 'Fn::ForEach::L': {loop} }}"))
            .Contains(m => m.Contains(message, StringComparison.Ordinal));

    [Test]
    public async Task Loops_that_multiply_are_refused_before_they_fill_the_memory()
    {
        var list = "[" + string.Join(", ", Enumerable.Range(0, 100)) + "]";
        var said = Templates.Messages($$"""
            Resources:
              Fn::ForEach::A: [A, {{list}}, { 'Fn::ForEach::B': [B, {{list}},
                  { 'Fn::ForEach::C': [C, {{list}}, { 'B${A}x${B}x${C}': { Type: AWS::S3::Bucket } }] }] }]
            """);
        await Assert.That(said)
            .Contains(m => m.Contains($"create more than {Loops.MaxNodes:N0} nodes", StringComparison.Ordinal));
    }
}
