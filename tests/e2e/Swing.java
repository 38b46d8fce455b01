// SPDX-License-Identifier: MIT
// What Java's Swing makes of a window: a menu and a text.

import javax.swing.JFrame;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;

public class Swing {
	private static JMenuBar menus() {
		JMenuBar bar = new JMenuBar();
		// As one that is larger than the window: drawn into a window of its own
		JPopupMenu.setDefaultLightWeightPopupEnabled(false);
		JMenu file = new JMenu("File");
		for (String name : new String[] {"New", "Open", "Save", "Close"}) {
			file.add(name);
		}
		bar.add(file);
		return bar;
	}

	private static void open() {
		JFrame frame = new JFrame("Swing of Java");
		frame.setJMenuBar(menus());
		frame.add(new JScrollPane(new JTextArea(12, 40)));
		frame.pack();
		frame.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
		frame.setVisible(true);
	}

	public static void main(String[] arguments) {
		SwingUtilities.invokeLater(Swing::open);
	}
}
