using System.Xml.Linq;
using Esb.Architecture.Tests.Namespaces.Sample;

namespace Esb.Architecture.Tests.Namespaces;

/// <summary>A folder can be understood without the folders that use it.</summary>
public sealed class NamespaceCycleTests
{
    // The cycles that exist today. A new one fails, and so does one that is listed here but no longer exists, so that
    // this list only gets shorter.
    private static readonly string[] Known =
    [
        "Esb.Cli.Bundles, Esb.Cli.Bundles.Images",
        "Esb.Cli.Diagnosis, Esb.Cli.Diagnosis.Checks",
        "Esb.Cli.Platform, Esb.Cli.Platform.Ports, Esb.Cli.Platform.Upgrading",
        "Esb.Objects, Esb.Objects.Chunked, Esb.Objects.Payloads",
        "Esb.Sam, Esb.Sam.Apis, Esb.Sam.Apis.Integrations, Esb.Sam.Apis.OpenApi, Esb.Sam.Apis.Plain, "
            + "Esb.Sam.Applications, Esb.Sam.Expanding, Esb.Sam.Functions, Esb.Sam.Globals, Esb.Sam.Linking, "
            + "Esb.Sam.Resolving, Esb.Sam.Resources, Esb.Sam.Rules, Esb.Sam.Sections",
    ];

    [Test]
    public async Task No_two_namespaces_of_one_project_import_each_other_in_a_cycle()
    {
        var cycles = Repository.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .GroupBy(file => file.Split('/')[1])
            .SelectMany(project => NamespaceCycles.In(ImportsOfSources.In(project.Select(Repository.Read))));

        await Assert.That(cycles).IsEmpty();
    }

    [Test]
    public async Task No_two_namespaces_of_one_project_refer_to_types_of_each_other_except_known_ones()
    {
        var cycles = Projects().Select(AssemblyOf).SelectMany(assembly =>
        {
            using var types = new TypesOfAnAssembly(assembly);
            return NamespaceCycles.In(types.Needs()).ToArray();
        }).ToArray();

        await Assert.That(cycles.Except(Known)).IsEmpty();
        await Assert.That(Known.Except(cycles)).IsEmpty();
    }

    [Test]
    public async Task A_cycle_of_namespaces_is_found_with_all_its_members()
    {
        string[] sources =
        [
            "using A.Y;\nnamespace A.X;",
            "using A.Z;\nnamespace A.Y;",
            "using A.X;\nusing System;\nnamespace A.Z;",
            "using A.X;\nnamespace A.Outside;",
        ];

        await Assert.That(NamespaceCycles.In(ImportsOfSources.In(sources)).Single()).IsEqualTo("A.X, A.Y, A.Z");
        await Assert.That(NamespaceCycles.In(ImportsOfSources.In(sources[..2]))).IsEmpty();
    }

    [Test]
    public async Task A_reference_between_a_namespace_and_the_enclosing_one_is_seen_in_every_kind_of_code()
    {
        using var types = new TypesOfAnAssembly(typeof(Around).Assembly.Location);
        var references = types.References().ToHashSet();
        var around = typeof(Around).Namespace!;
        string[] users =
        [
            nameof(Sample.Within.InABase), nameof(Sample.Within.InAField), nameof(Sample.Within.InASignature),
            nameof(Sample.Within.InCode), nameof(Sample.Within.InAnAttribute), nameof(Sample.Within.InAConstraint),
            nameof(Sample.Within.InANestedType),
        ];
        var missed = users.Where(user =>
            !references.Any(r => r.From == new NamedType($"{around}.Within", user) && r.To.Namespace == around));

        await Assert.That(missed).IsEmpty();
        await Assert.That(NamespaceCycles.In(types.Needs())).Contains($"{around}, {around}.Within");
    }

    private static IEnumerable<string> Projects() => Repository.Files.Where(file =>
        file.Split('/') is ["src", _, var name] && name.EndsWith(".csproj", StringComparison.Ordinal));

    // Next to these tests, which refer to the programs. The assembly of a project that no program refers to is missing
    // there, and the test fails.
    private static string AssemblyOf(string project)
    {
        var named = XDocument.Parse(Repository.Read(project)).Descendants("AssemblyName").SingleOrDefault()?.Value;
        return Path.Combine(AppContext.BaseDirectory, $"{named ?? Path.GetFileNameWithoutExtension(project)}.dll");
    }
}
