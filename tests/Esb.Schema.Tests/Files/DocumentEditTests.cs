using System.Text;
using CsCheck;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Files;

/// <summary>A deploy into files that people wrote: entries that it does not name stay as they are.</summary>
internal sealed class DocumentEditTests
{
    private const string Written =
        """
        # owned by team a

        defaults:
          environment: { LOG_LEVEL: INFO }   # for all

        functions:
          # the oldest one
          orders:
            code: '/srv/orders'      # staged by hand
            runtime: python3.12
            environment:
              TABLE: "orders"

          # asks the bank
          receipts: { code: /srv/receipts, runtime: python3.12 }

        # end of the file

        """;

    [Test]
    public async Task Comments_quotes_and_form_stay_where_a_deploy_adds_a_function() =>
        await Assert.That(Merged(
            Written, "functions:\n  new: {code: /n, runtime: python3.12}\n", FunctionsMerge.Merge)).IsEqualTo(
            Written.Replace(
                "python3.12 }\n",
                "python3.12 }\n  new:\n    code: /n\n    runtime: python3.12\n",
                StringComparison.Ordinal));

    [Test]
    public async Task A_replaced_function_is_rewritten_and_everything_around_it_stays() =>
        await Assert.That(Merged(
            Written, "functions:\n  orders: {code: /n, runtime: python3.12}\n", FunctionsMerge.Merge)).IsEqualTo(
            Written.Replace(
                "    code: '/srv/orders'      # staged by hand\n    runtime: python3.12\n    environment:\n      "
                    + "TABLE: \"orders\"\n",
                "    code: /n\n    runtime: python3.12\n",
                StringComparison.Ordinal));

    [Test]
    public async Task A_function_is_removed_and_everything_around_it_stays()
    {
        static MergeResult WithoutOrders(YamlMapping existing, YamlMapping _) =>
            new(Removal.FromFunctions(existing, e => e.Key == "orders"), []);
        await Assert.That(Merged(Written, "{}\n", WithoutOrders)).IsEqualTo(
            Written.Replace(
                "  orders:\n    code: '/srv/orders'      # staged by hand\n    runtime: python3.12\n    environment:\n "
                    + "     TABLE: \"orders\"\n", "", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_value_in_flow_style_is_replaced_on_its_line() =>
        await Assert.That(Merged(
            Written, "functions:\n  receipts: {code: /n, runtime: python3.12}\n", FunctionsMerge.Merge)).IsEqualTo(
            Written.Replace(
                "  receipts: { code: /srv/receipts, runtime: python3.12 }\n",
                "  receipts:\n    code: /n\n    runtime: python3.12\n",
                StringComparison.Ordinal));

    [Test]
    public async Task A_replaced_route_is_removed_and_the_new_one_is_appended_below_the_others()
    {
        const string Routes = "routes:\n# first\n- path: /a\n  function: a\n# second\n- {path: /b, "
            + "function: b}   # short\n# last\n- path: /c\n  function: c\n# the end\n";
        await Assert.That(Merged(Routes, "routes:\n  - {path: /a, function: x}\n", RoutingMerge.Merge)).IsEqualTo(
            "routes:\n# first\n# second\n- {path: /b, function: b}   # short\n# last\n- path: /c\n  "
                + "function: c\n- path: /a\n  function: x\n# the end\n");
    }

    [Test]
    [Arguments("functions: {}\n", "functions:\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments("# head\nfunctions:\n", "# head\nfunctions:\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments(
        "{functions: {a: {image: x}}}\n",
        "functions:\n  a:\n    image: x\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments(
        "functions:\n  a:\n    image: x",
        "functions:\n  a:\n    image: x\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments(
        "functions:\n  a:\n    image: |\n      x\n\n      # y\n\n",
        "functions:\n  a:\n    image: |\n      x\n\n      # y\n\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments(
        "a: &a {image: x}\nfunctions:\n  b: *a\n",
        "a: &a {image: x}\nfunctions:\n  b: *a\n  n:\n    code: /n\n    runtime: python3.12\n")]
    [Arguments("", "functions:\n  n:\n    code: /n\n    runtime: python3.12\n")]
    public async Task Whatever_the_form_of_a_file_the_result_contains_what_was_merged(string before, string expected)
    {
        var after = Merged(before, "functions:\n  n: {code: /n, runtime: python3.12}\n", FunctionsMerge.Merge);
        if (before.Contains('|', StringComparison.Ordinal))
            await Assert.That(Documents.Parse(after)
                .ContentEquals(Documents.Parse(before + "  n: {code: /n, runtime: python3.12}\n"))).IsTrue();
        else
            await Assert.That(after).IsEqualTo(expected);
    }

    [Test]
    public void Every_pair_of_documents_in_any_form_is_written_so_that_it_reads_back_as_the_merge() =>
        Gen.Select(Form, Trees.Mapping, Trees.Mapping, Trees.Mapping).Sample((form, defaults, existing, incoming) =>
        {
            var text = form(YamlMapping.Of(("defaults", defaults), ("functions", existing)));
            var bytes = Encoding.UTF8.GetBytes(text);
            var before = ConfigurationDocument.Parse(bytes, "f.yml", [])!;
            var merge = FunctionsMerge.Merge(before, YamlMapping.Of(("functions", incoming)));
            var diagnostics = new DiagnosticBag();
            var written = ConfigurationDocument.Write(bytes, before, merge.Merged, "f.yml", diagnostics);
            return written is not null
                && ConfigurationDocument.Parse(written, "f.yml", [])!.ContentEquals(merge.Merged);
        });

    private static Gen<Func<YamlNode, string>> Form { get; } = Gen.OneOf<Func<YamlNode, string>>(
        Gen.Const<Func<YamlNode, string>>(YamlTextWriter.Write),
        Gen.Const<Func<YamlNode, string>>(
            n => "# head\n\n" + YamlTextWriter.Write(n).Replace("\n", "\n# between\n", StringComparison.Ordinal)),
        Gen.Const<Func<YamlNode, string>>(n => YamlTextWriter.Write(n)
            .Replace("\n", "   \n\n", StringComparison.Ordinal)),
        Gen.Const<Func<YamlNode, string>>(n => "---\n" + YamlTextWriter.Write(n) + "...\n"));

    private static string Merged(string text, string incoming, Func<YamlMapping, YamlMapping, MergeResult> merge)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var before = ConfigurationDocument.Parse(bytes, "f.yml", [])!;
        var diagnostics = new DiagnosticBag();
        return Encoding.UTF8.GetString(ConfigurationDocument.Write(
            bytes, before, merge(before, Documents.Parse(incoming)).Merged, "f.yml", diagnostics)!);
    }
}
