using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>What sections have in common.</summary>
internal static class Told
{
    /// <summary>A node's kind as messages have it; null is nothing.</summary>
    public static string Kind(YamlNode node) => node is YamlScalar { IsNull: true } ? "nothing" : node.Kind;

    /// <summary>Says what is wrong with a <c>Description</c>.</summary>
    /// <param name="mapping">What has it.</param>
    /// <param name="subject">How messages call that.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="diagnostics">Takes the errors.</param>
    public static void CheckDescription(YamlMapping mapping, string subject, int most, DiagnosticBag diagnostics)
    {
        if (new MappingReader(mapping, subject, diagnostics).Text("Description") is { } text && Encoding.UTF8.GetByteCount(text) is var bytes && bytes > most)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{subject}: 'Description' has {bytes:N0} bytes", mapping["Description"], $"CloudFormation takes at most {most:N0}");
    }
}
