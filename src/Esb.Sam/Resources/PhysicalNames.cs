using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Sam.Resources;

/// <summary>
/// Who has which name, in a template and all its applications. AWS refuses a function, a table or a bucket whose name another one has; layers of one name
/// are versions of one layer there, each with an ARN of its own.
/// </summary>
internal sealed class PhysicalNames
{
    private readonly Dictionary<(string Kind, string Name), (string Resource, Place Place)> _owners = [];
    private readonly Dictionary<string, string> _layers = new(StringComparer.Ordinal);

    /// <summary>Takes note of the resources that are made under their names, and says which of them meet.</summary>
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
            context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner}: the name '{resource.Name}' is that of {other} too, {place.File}:{place.Line}:{place.Column}", resource.Key, $"give each {kind} a {property} of its own");
        }
    }

    /// <summary>A name for a version of a layer: the one that it asks for, unless another one has it.</summary>
    /// <param name="name">As the template says it.</param>
    /// <param name="resource">The layer's path in the applications, by which the same one is known again.</param>
    /// <param name="unique">What no other layer is called.</param>
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
