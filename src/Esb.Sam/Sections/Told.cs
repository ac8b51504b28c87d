using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>What the sections have in common.</summary>
internal static class Told
{
    /// <summary>The kind of a node in messages; a null is called nothing.</summary>
    public static string Kind(YamlNode node) => node is YamlScalar { IsNull: true } ? "nothing" : node.Kind;

    /// <summary>Checks a <c>Description</c>.</summary>
    /// <param name="mapping">The mapping that contains it.</param>
    /// <param name="subject">The name of that mapping in messages.</param>
    /// <param name="most">The maximum number of bytes.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static void CheckDescription(YamlMapping mapping, string subject, int most, DiagnosticBag diagnostics)
    {
        if (new MappingReader(mapping, subject, diagnostics).Text("Description") is { } text
            && Encoding.UTF8.GetByteCount(text) is var bytes
            && bytes > most)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'Description' has {bytes:N0} bytes",
                mapping["Description"],
                $"CloudFormation accepts at most {most:N0}");
    }
}
