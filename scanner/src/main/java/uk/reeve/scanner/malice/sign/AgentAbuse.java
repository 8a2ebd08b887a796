package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Calls programming agents without their questions, or leaves instructions where they read them.
final class AgentAbuse extends Sign {

    private static final Trait CALLS = Trait.of(
            "--dangerously-skip-permissions|--yolo\\b|--trust-all-tools|--dangerously-bypass|--allow-all-tools",
            "--dangerously",
            "--yolo",
            "--trust-all",
            "--allow-all");
    private static final Trait LEAVES = Trait.of(
            "(?:write|append|>>|copy|open)[^\\n]{0,160}(?:\\.cursorrules|claude\\.md|agents\\.md|\\.claude[/\\\\]settings|\\.cursor[/\\\\](?:mcp|rules)|copilot-instructions|\\.windsurfrules|mcp\\.json|mcp_config)|(?:\\.cursorrules|claude\\.md|\\.claude[/\\\\]settings|\\.cursor[/\\\\]mcp|mcp\\.json|claude_desktop_config)[^\\n]{0,160}(?:write|append)|mcpservers",
            "cursor",
            "claude",
            "agents.md",
            "copilot",
            "windsurf",
            "mcp");
    private static final Trait ORDERS = Trait.of(
            "ignore (?:all |any )?(?:previous|prior|above) instructions|recursively search[^\\n]{0,200}(?:wallet|credential|secret|\\.env|key)|do not (?:tell|mention|inform)[^\\n]{0,40}user",
            "ignore",
            "recursively",
            "do not");

    AgentAbuse() {
        super(
                "agent-abuse",
                "calls programming agents without their safeguards, or gives them orders",
                45,
                "tools that drive agents let their person choose that",
                "T1059",
                "T1119");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language() == Language.NATIVE) {
            return;
        }
        int calls = text.language().isCode() ? text.first(CALLS) : -1;
        int orders = calls >= 0 ? calls : text.first(ORDERS);
        out.add(this, text, orders >= 0 ? orders : text.language().isCode() ? text.first(LEAVES) : -1);
    }
}
