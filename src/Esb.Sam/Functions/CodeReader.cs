using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// Reads where the code of a function is: in a folder or archive, inline, or in an image that exists or has to be
/// built.
/// </summary>
internal sealed class CodeReader(StackContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    /// <returns>Null when something is missing, which the diagnostics report.</returns>
    public SamFunction? AddTo(SamFunction function, TemplateResource resource, MappingReader reader)
    {
        var image = reader.Text("ImageUri")
            ?? ResourceSet.Text((resource.Properties["Code"] as YamlMapping)?["ImageUri"]);
        var packageType =
            reader.Text("PackageType") ?? (image is null || resource.Properties.Contains("Handler") ? "Zip" : "Image");
        if (packageType is not ("Zip" or "Image"))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{resource.LogicalId}: 'PackageType' is '{packageType}'",
                resource.Properties["PackageType"],
                "allowed: Zip or Image");
        return packageType == "Image"
            ? WithImage(function, image, resource, reader)
            : WithCode(function, resource, reader);
    }

    private SamFunction? WithImage(SamFunction function, string? image, TemplateResource resource, MappingReader reader)
    {
        var metadata = new MappingReader(resource.Metadata, $"{resource.LogicalId}, Metadata", _diagnostics);
        var build = resource.Metadata.Contains("Dockerfile") || resource.Metadata.Contains("DockerContext")
            ? new ImageBuild(
                metadata.Mapping["DockerContext"] is YamlScalar folder
                    ? context.RelativeToTop(folder)
                    : context.RelativeToTop(new YamlScalar(".")),
                metadata.Text("Dockerfile") ?? "Dockerfile",
                metadata.Text("DockerTag"),
                metadata.Text("DockerBuildTarget"),
                metadata.TextMap("DockerBuildArgs"))
            : null;
        if (resource.Metadata["DockerContext"] is YamlScalar { } where)
            context.Files.Check(where.Value, where, resource.LogicalId, _diagnostics);
        if (build is not null && resource.Metadata["Dockerfile"] is YamlScalar dockerfile)
        {
            var below = (resource.Metadata["DockerContext"] as YamlScalar)?.Value;
            var path = ProjectFiles.Named(dockerfile.Value, below is null ? null : below.TrimEnd('/') + "/");
            context.Files.Check(path, dockerfile, resource.LogicalId, _diagnostics);
        }

        if (image is null && build is null)
        {
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{resource.LogicalId}: 'ImageUri' is missing",
                resource.Properties["PackageType"] ?? resource.Key,
                "name an image, or say with Metadata: {Dockerfile, DockerContext} how to build one");
            return null;
        }

        LeaveOut(
            resource,
            ["Handler", "Runtime", "Layers", "CodeUri", "InlineCode"],
            "an image has its own; Lambda refuses this property for images");
        var config = reader.Nested("ImageConfig");
        return function with
        {
            IsImage = true,
            ImageUri = image,
            ImageBuild = build,
            ImageConfig = config is null ? null : new ImageConfig(
                config.TextList("EntryPoint"), config.TextList("Command"), config.Text("WorkingDirectory")),
        };
    }

    private SamFunction? WithCode(SamFunction function, TemplateResource resource, MappingReader reader)
    {
        var handler = reader.RequiredText("Handler", "for example Handler: app.handler");
        var runtime = reader.RequiredText("Runtime", "for example Runtime: python3.12");
        if (resource.Properties["InlineCode"] is YamlScalar { IsNull: false })
            LeaveOut(resource, ["CodeUri"], "InlineCode is used instead");
        LeaveOut(resource, ["ImageUri", "ImageConfig"], "the function is not an image: its PackageType is Zip");
        var (path, inline, node) = Code(resource.Properties);
        if (path is "")
            path = context.OwnFolder(
                resource, resource.Type == "AWS::Serverless::Function" ? "CodeUri" : "Code", node!);
        if (path is null && inline is null && node is null && resource.Type == "AWS::Serverless::Function")
        {
            // sam build does the same.
            context.Receipt.Approximated(
                resource.LogicalId,
                "CodeUri",
                "none is given: the code is read from the template's own folder",
                resource.Key);
            (path, node) = (".", resource.Key);
        }

        if (path is null && inline is null)
        {
            var isServerless = resource.Type == "AWS::Serverless::Function";
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{resource.LogicalId}: {(isServerless ? "'CodeUri' names no code" : "'Code' is missing")}",
                node ?? resource.Key,
                "name the folder with the code, or give it inline");
        }

        if (path is not null)
            context.Files.Check(path, node!, resource.LogicalId, _diagnostics);
        if (handler is null || runtime is null || (path ?? inline) is null)
            return null;
        return function with
        {
            Handler = handler,
            Runtime = runtime,
            CodePath = path is null ? null : context.RelativeToTop(new YamlScalar(path)),
            InlineCode = inline,
            HandlerPlace = resource.Properties["Handler"]!.Place,
            CodePlace = node!.Place,
        };
    }

    private void LeaveOut(TemplateResource resource, IEnumerable<string> properties, string why)
    {
        foreach (var property in properties.Where(
            p => resource.Properties[p] is not (null or YamlScalar { IsNull: true })))
            context.LeaveOut(resource.LogicalId, property, why, resource.Properties[property]!);
    }

    // Code on S3 stays an address. Generating the files needs no code, and a deploy reports that the code cannot be
    // fetched.
    private static (string? Path, string? Inline, YamlNode? Node) Code(YamlMapping properties)
    {
        if (properties["InlineCode"] is YamlScalar { IsNull: false } inline)
            return (null, inline.Value, inline);
        return (properties["CodeUri"] ?? properties["Code"]) switch
        {
            YamlScalar { IsNull: false } path => (path.Value, null, path),
            YamlMapping code when code["ZipFile"] is YamlScalar source => (null, source.Value, source),
            YamlMapping code when (code["Bucket"] ?? code["S3Bucket"]) is YamlScalar bucket
                && (code["Key"] ?? code["S3Key"]) is YamlScalar key => ($"s3://{bucket.Value}/{key.Value}", null, code),
            var other => (null, null, other),
        };
    }
}
