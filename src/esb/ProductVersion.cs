using System.Reflection;

namespace Esb.Cli;

/// <summary>The version of this binary, with the commit it was built from.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
