using Esb.Host.Text;
using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// <c>Metadata: BuildMethod</c>: the methods that ESB has, those that only <c>sam build</c> has, and invalid ones.
/// Source: AWS SAM Developer Guide, "sam build", "Building Lambda functions with custom runtimes" and the pages of the
/// build methods.
/// </summary>
internal sealed class BuildMethods(StackContext context)
{
    private static readonly string[] Elsewhere =
    [
        "esbuild", "python-uv", "rust-cargolambda", "go1.x", "dotnet-lambda", "nodejs-esbuild", "java-gradle",
        "java-maven", "ruby-bundler", "copy_source",
    ];

    // Source: AWS SAM Developer Guide, "sam build" and "Building Lambda functions with custom runtimes".
    private static readonly string[] Keys =
    [
        "BuildMethod", "BuildProperties", "Dockerfile", "DockerContext", "DockerTag", "DockerBuildTarget",
        "DockerBuildArgs", "DockerBuildExtraParams", "SkipBuild", "BuildArchitecture", "ContextPath",
        "ProjectRootDirectory", "WorkingDirectory", "SamResourceId",
    ];

    private static readonly string[] Unread = ["SkipBuild", "BuildArchitecture", "DockerBuildExtraParams"];

    // CloudFormation accepts any key in Metadata, so a misspelt key is not an error.
    private void CheckMetadata(TemplateResource resource)
    {
        foreach (var (key, value) in resource.Metadata.Entries)
        {
            if (value is YamlScalar { IsNull: true } or YamlScalar { Value: "false" or "False" })
                continue;
            if (Unread.Contains(key.Value))
                context.LeaveOut(resource.LogicalId, $"Metadata.{key.Value}", "it belongs to sam build", key);
            else if (!Keys.Contains(key.Value)
                && (Keys.FirstOrDefault(k => k.Equals(key.Value, StringComparison.OrdinalIgnoreCase))
                    ?? Keys.FirstOrDefault(k => EditDistance.IsNear(key.Value, k))) is { } meant)
                context.LeaveOut(
                    resource.LogicalId, $"Metadata.{key.Value}", $"there is no such key; did you mean '{meant}'?", key);
        }
    }

    /// <summary>The build method of a function: a makefile, or null for the usual method of its runtime.</summary>
    public string? OfFunction(TemplateResource resource)
    {
        CheckMetadata(resource);
        if (resource.Metadata["BuildMethod"] is not { } node || Method(resource, node) is not { } method)
            return null;
        var isProvided = resource.Properties["Runtime"] is YamlScalar runtime
            && runtime.Value.StartsWith("provided", StringComparison.Ordinal);
        var isOwn = resource.Properties["Runtime"] is YamlScalar own && own.Value == method;
        var isPublished = isProvided && (method == "go1.x" || method.StartsWith("dotnet", StringComparison.Ordinal));
        if (method != "makefile" && !isOwn && !isPublished)
            context.LeaveOut(
                resource.LogicalId,
                "BuildMethod",
                method == "esbuild"
                    ? "nothing is bundled: the code is used as it is, with the packages of package.json"
                    : "it belongs to sam build; the code is used with the packages that its own files name",
                node,
                $"ESB builds what the runtime's own files name, and makefile; '{method}' belongs to sam build");
        if (resource.Metadata.KeyNode("BuildProperties") is { } properties && method != "makefile")
            context.Receipt.Ignored(resource.LogicalId, "BuildProperties", "they belong to sam build", properties);
        return method == "makefile" ? method : null;
    }

    /// <summary>The build method of a layer: a makefile, or the runtime whose dependencies are installed.</summary>
    public string? OfLayer(TemplateResource resource)
    {
        CheckMetadata(resource);
        if (resource.Metadata["BuildMethod"] is not { } node || Method(resource, node) is not { } method)
            return null;
        if (method == "makefile"
            || method.StartsWith("python3.", StringComparison.Ordinal)
            || method.StartsWith("nodejs", StringComparison.Ordinal))
            return method;
        context.LeaveOut(
            resource.LogicalId,
            "BuildMethod",
            $"'{method}' is not served for layers; the content is used as it is",
            node,
            "use python3.x, nodejs2x.x or makefile");
        return null;
    }

    private string? Method(TemplateResource resource, YamlNode node)
    {
        if (node is YamlScalar { IsNull: true })
            return null;
        if (node is YamlScalar method
            && (method.Value == "makefile" || Elsewhere.Contains(method.Value) || Runtimes.IsKnown(method.Value)))
            return method.Value;
        var shown = node is YamlScalar text ? $"'{text.Value}'" : node.Kind;
        context.Diagnostics.Error(
            DiagnosticCodes.WrongValue, $"{resource.LogicalId}: 'BuildMethod' is {shown}", node, node is YamlScalar near
                ? NearMiss.Help(near.Value, Elsewhere.Concat(Runtimes.Current).Append("makefile"))
                    ?? "for example makefile, or a runtime"
                : "for example makefile, or a runtime");
        return null;
    }
}
