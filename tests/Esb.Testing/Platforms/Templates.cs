namespace Esb.Testing.Platforms;

/// <summary>Small templates with one Python function.</summary>
public static class Templates
{
    public static string Function(string name, string path, int timeout = 10, string more = "") =>
        $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          {{name.Replace("-", "", StringComparison.Ordinal)}}:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: {{name}}
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              Timeout: {{timeout}}
              Events:
                Call:
                  Type: Api
                  Properties: { Path: {{path}}, Method: ANY }
        {{more}}
        """;

    /// <summary>A handler whose body is the given lines.</summary>
    public static string Handler(params string[] lines) =>
        "import json, os, sys, time\n\ndef handler(event, context):\n" + string.Concat(lines.Select(l => $"    {l}\n"));

    /// <summary>A handler that answers with a text.</summary>
    public static string Answer(string text) => Handler($"return {{'statusCode': 200, 'body': '{text}'}}");
}
