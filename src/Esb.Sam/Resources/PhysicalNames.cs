using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Sam.Resources;

/// <summary>
/// The owners of names in a template and all its nested applications. AWS refuses two functions, tables or buckets with
/// the same name. On AWS, layers with the same name are versions of one layer, each with its own ARN.
/// </summary>
internal sealed class PhysicalNames
{
    private readonly Dictionary<(string Kind, string Name), (string Resource, Place Place)> _owners = [];
    private readonly Dictionary<string, string> _layers = new(StringComparer.Ordinal);

    /// <summary>Records the names of resources and reports duplicates.</summary>
    public void Take(ResourceSet resources, StackContext context)
    {
        foreach (var resource in resources.All)
        {
            if (KindOf(resource.Type) is not var (kind, property))
                continue;
            var owner = context.Receipt.NameOf(resource.LogicalId);
            if (_owners.TryAdd((kind, resource.Name), (owner, resource.Key.Place)))
                continue;
            var (other, place) = _owners[(kind, resource.Name)];
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner}: the name '{resource.Name}' is already that of {other}, "
                    + $"{place.File}:{place.Line}:{place.Column}",
                resource.Key,
                $"give each {kind} its own {property}");
        }
    }

    /// <summary>The name of a layer version: the name in the template, unless another layer has it.</summary>
    /// <param name="name">The name in the template.</param>
    /// <param name="resource">The path of the layer in the nested applications, which identifies it.</param>
    /// <param name="unique">A name that no other layer has.</param>
    public string OfLayer(string name, string resource, string unique)
    {
        while (!_layers.TryAdd(name, resource) && _layers[name] != resource)
            name = FunctionName.Shortened($"{name}-{unique}");
        return name;
    }

    private static (string Kind, string Property)? KindOf(string type) => type switch
    {
        "AWS::Serverless::Function" or "AWS::Lambda::Function" => ("function", "FunctionName"),
        "AWS::Serverless::SimpleTable" or "AWS::DynamoDB::Table" => ("table", "TableName"),
        "AWS::S3::Bucket" => ("bucket", "BucketName"),
        _ => null,
    };
}
