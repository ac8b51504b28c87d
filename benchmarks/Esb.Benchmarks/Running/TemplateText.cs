using System.Globalization;
using System.Text;

namespace Esb.Benchmarks.Running;

/// <summary>Templates of any size, in the style in which people write them.</summary>
internal static class TemplateText
{
    private const string Head = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\n";

    /// <summary>Functions with few properties: most of the output comes from Globals.</summary>
    public static string Small(int count)
    {
        var text = new StringBuilder(Head).Append(
            "Globals:\n  Function:\n    Runtime: python3.12\n    Timeout: 10\n    MemorySize: 256\n"
                + "    Environment:\n      Variables:\n");
        for (var i = 0; i < 6; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"        GLOBAL_{i}: {(i % 2 == 0 ? $"value{i}" : $"!Sub '${{AWS::StackName}}-value-{i}'")}\n");
        text.Append("Resources:\n");
        for (var i = 0; i < count; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  Function{i}:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/f{i}/\n"
                    + $"      Handler: app.handler\n      Events:\n")
                .Append(Event(i, "Get", "HttpApi", "get"));
        return text.ToString();
    }

    /// <summary>Functions with their own names, variables, policies and events.</summary>
    public static string Large(int count)
    {
        var text = new StringBuilder(Head).Append(
            "Parameters:\n  Stage: { Type: String, Default: prod }\nConditions:\n"
                + "  IsProd: !Equals [!Ref Stage, prod]\nResources:\n"
                + "  Table:\n    Type: AWS::Serverless::SimpleTable\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  Function{i}:\n    Type: AWS::Serverless::Function\n    Properties:\n"
                    + $"      FunctionName: !Sub '${{Stage}}-function-{i}'\n"
                    + $"      Description: Handles requests for items of the kind {i}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"      CodeUri: src/f{i}/\n      Runtime: python3.12\n      Handler: app.handler\n"
                    + $"      MemorySize: !If [IsProd, 512, 128]\n      Environment:\n        Variables:\n"
                    + $"          TABLE: !Ref Table\n          NAME: item{i}\n          STAGE: !Ref Stage\n");
            text.Append(
                "      Policies:\n        - DynamoDBCrudPolicy:\n            TableName: !Ref Table\n"
                    + "        - Version: '2012-10-17'\n          Statement:\n            - Effect: Allow\n"
                    + "              Action: ['s3:GetObject', 's3:PutObject']\n"
                    + "              Resource: !Sub 'arn:aws:s3:::files-${Stage}/*'\n");
            text.Append("      Events:\n")
                .Append(Event(i, "Get", "HttpApi", "get"))
                .Append(Event(i, "Post", "Api", "post"));
        }

        return text.ToString();
    }

    private static string Event(int i, string name, string type, string method) => string.Create(
        CultureInfo.InvariantCulture,
        $"        {name}:\n          Type: {type}\n          Properties:\n            Path: /items{i}/{{id}}\n"
            + $"            Method: {method}\n");
}
