using Esb.Sam.Reading;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// An API definition in a file of the project, which <c>aws cloudformation package</c> and <c>sam build</c> would put
/// on S3.
/// </summary>
internal static class DefinitionFile
{
    private const string Location = "BodyS3Location";

    /// <summary>
    /// Returns the definition without resolving it; null, with an error, when the file contains none.
    /// </summary>
    public static YamlMapping? Read(string subject, YamlScalar path, Resolver resolver)
    {
        var diagnostics = resolver.Diagnostics;
        if (resolver.Scope.Context.Files.Read(path.Value, path, subject, diagnostics) is not var (text, file)
            || YamlReader.Read(text, file, diagnostics, mergeKeys: true) is not { } node)
            return null;
        if (new ShortTags(diagnostics).Expand(node) is YamlMapping written)
            return written;
        var message = $"{subject}: a definition must be a mapping, but is {node.Kind}";
        diagnostics.Error(DiagnosticCodes.WrongKind, message, node);
        return null;
    }

    /// <summary>Returns the properties of a plain API. A definition in a file becomes its <c>Body</c>.</summary>
    public static YamlMapping Placed(string subject, string type, YamlMapping properties, Resolver resolver)
    {
        if (type is not ("AWS::ApiGateway::RestApi" or "AWS::ApiGatewayV2::Api") || properties.Contains("Body"))
            return properties;
        if (properties[Location] is not YamlScalar { IsNull: false } path)
            return properties;
        if (path.Value.Contains("://", StringComparison.Ordinal))
            return properties;
        var key = new YamlScalar("Body", place: properties.KeyNode(Location)!.Place);
        var placed = new YamlEntry(key, Read(subject, path, resolver) ?? YamlMapping.Empty);
        var entries = properties.Entries.Select(e => e.Key.Value == Location ? placed : e);
        return new YamlMapping([.. entries], properties.Place);
    }
}
