using Esb.Sam.Functions;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests;

/// <summary>Short ways to read small templates and to look at the results.</summary>
internal static class Templates
{
    /// <summary>The properties that every function of these tests has.</summary>
    public const string Code = "CodeUri: src, Handler: app.handler, Runtime: python3.12";

    /// <summary>Reads a valid template.</summary>
    public static SamTemplate Read(string text, SamOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        return SamTemplate.Read(Whole(text, options), "t.yaml", options ?? new SamOptions(), diagnostics)
            ?? throw new ArgumentException($"{string.Join('\n', diagnostics)}\n{text}");
    }

    /// <summary>The messages about a template, as people see them.</summary>
    public static List<string> Messages(string text, SamOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        SamTemplate.Read(Whole(text, options), "t.yaml", options ?? new SamOptions(), diagnostics);
        return [.. diagnostics.Select(d => d.ToString())];
    }

    /// <summary>
    /// The additions for --strict are at the end, where they move no line; tests look for other parts.
    /// </summary>
    public static string Whole(string text, SamOptions? options) =>
        options?.Strict == true && !text.Contains("Transform:", StringComparison.Ordinal)
            ? $"{text.TrimEnd('\n')}\nTransform: AWS::Serverless-2016-10-31\n"
            : text;

    /// <summary>The only message about a template.</summary>
    public static string Message(string text, SamOptions? options = null) => Messages(text, options) is [var only]
        ? only
        : throw new ArgumentException("not one message: " + string.Join('\n', Messages(text, options)));

    public static ConfigurationDocuments Generate(string text, SamOptions? options = null) =>
        FilesGenerator.Generate(Read(text, options));

    /// <summary>The three files as one text.</summary>
    public static string Bytes(string text, SamOptions? options = null)
    {
        var files = Generate(text, options);
        return YamlTextWriter.Write(files.Functions) + "---\n" + YamlTextWriter.Write(files.Routing) + "---\n"
            + YamlTextWriter.Write(files.Resources);
    }

    /// <summary>One function with these properties in addition to the usual ones, in YAML's flow style.</summary>
    public static string FunctionWith(string properties, string sections = "") =>
        $"{sections}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {{ {Code}, "
            + $"{properties} }}\n";

    public static SamFunction Function(string text, string name = "F") =>
        Read(text).Functions.Single(f => f.Name == name);

    /// <summary>The value of an expression in a function's environment. The sections precede the resources.</summary>
    public static string Value(string expression, string sections = "", SamOptions? options = null) =>
        Read(Variable(expression, sections), options).Functions.Single(f => f.Name == "F").Environment["V"];

    /// <summary>
    /// A template with the expression in the environment of its function, and with a table, a bucket and a second
    /// function.
    /// </summary>
    public static string Variable(string expression, string sections = "") =>
        $$"""
        {{sections}}
        Resources:
          OrdersTable: { Type: AWS::Serverless::SimpleTable }
          Named: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders, BillingMode: PAY_PER_REQUEST,
              KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{
              AttributeName: id, AttributeType: S }] } }
          PhotoBucket: { Type: AWS::S3::Bucket }
          Other: { Type: AWS::Serverless::Function, Properties: { FunctionName: other-one, {{Code}} } }
          F:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src
              Handler: app.handler
              Runtime: python3.12
              Environment:
                Variables:
                  V: {{expression}}
        """;
}
